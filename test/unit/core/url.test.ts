import { hasPlainHost } from '../../../nodes/Transcription/core/url';

describe('hasPlainHost', () => {
	it.each([
		'example.com',
		'a-b_c.example',
		'127.0.0.1:8080',
		'[::1]:8080',
		'[::ffff:1.2.3.4]',
		'例え.jp',
		'EXAMPLE.com.',
	])('accepts %s', (host) => expect(hasPlainHost(new URL(`https://${host}/a`))).toBe(true));

	it.each(['e;script-src-elem;x.com', '*.com', 'a,b.com', "'self'", 'a&b.com', 'a"b.com', 'a%3Bb.com'])(
		'rejects %s',
		(host) => expect(hasPlainHost(new URL(`https://${host}/a`))).toBe(false),
	);
});
