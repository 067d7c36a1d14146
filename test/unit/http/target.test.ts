import { resolveUrl, type Target } from '../../../nodes/Transcription/http/target';
import { ServiceError } from '../../../nodes/Transcription/http/errors';

const SERVICE = { displayName: 'Example Speech', baseUrl: 'https://api.example.com/v9' };
const resolve = (target: Target, baseUrl = SERVICE.baseUrl) => resolveUrl(target, { ...SERVICE, baseUrl });

function refusalOf(target: Target, baseUrl?: string): string {
	try {
		resolve(target, baseUrl);
	} catch (error) {
		if (error instanceof ServiceError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The URL was accepted');
}

describe('path', () => {
	it('is appended to the base URL', () => {
		expect(resolve({ path: '/jobs/1' })).toBe('https://api.example.com/v9/jobs/1');
	});
});

describe('ownUrl, requested with the API key', () => {
	it.each([
		['anywhere on the service’s origin', 'https://api.example.com/other/place?page=2'],
		['with an explicit port', 'https://api.example.com:443/other/place?page=2'],
		['in uppercase', 'HTTPS://API.example.COM/other/place?page=2'],
	])('is accepted %s', (_where, ownUrl) => {
		expect(resolve({ ownUrl })).toBe('https://api.example.com/other/place?page=2');
	});

	it.each([
		['to another host', 'https://evil.example/jobs'],
		['to a host with the same prefix', 'https://api.example.com.evil.example/jobs'],
		['to another port', 'https://api.example.com:8443/jobs'],
		['to http instead of https', 'http://api.example.com/jobs'],
		['to a host after an @', 'https://api.example.com@evil.example/jobs'],
		['with a user', 'https://user@api.example.com/jobs'],
		['with user and password', 'https://user:password@api.example.com/jobs'],
		['if it is relative', '/jobs'],
		['without a scheme', '//api.example.com/jobs'],
		['with another scheme', 'file:///etc/passwd'],
		['if it is empty', ''],
	])('is rejected %s', (_what, ownUrl) => {
		const refusal = refusalOf({ ownUrl });
		expect(refusal).toContain('Example Speech returned a URL that this node won’t follow');
		expect(refusal).toContain('a different host');
	});
});

describe('signedUrl, requested without the API key', () => {
	it('is accepted for any host', () => {
		const signedUrl = 'https://bucket.s3.example.com/a.wav?Signature=x%2Fy&Expires=1';
		expect(resolve({ signedUrl })).toBe(signedUrl);
	});

	it.each([
		'http://127.0.0.1:5678/rest/credentials',
		'http://localhost:5678/',
		'http://2130706433/',
		'http://0x7f.1/',
		'http://[::1]/',
		'http://[::ffff:10.0.0.1]/',
		'http://169.254.169.254/latest/meta-data/',
		'http://10.1.2.3/',
		'http://192.168.0.1./',
		'http://redis:6379/',
		'http://n8n.internal/',
	])('is rejected in the user’s private network: %s', (signedUrl) => {
		expect(refusalOf({ signedUrl })).toContain('points to a private network address');
	});

	it('is accepted in a private network if the service itself is in one', () => {
		expect(resolve({ signedUrl: 'http://127.0.0.1:9/a' }, 'http://localhost:4010/example')).toBe(
			'http://127.0.0.1:9/a',
		);
	});

	it.each(['ftp://files.example.com/a', 'javascript:alert(1)', 'a.wav', ''])(
		'is rejected if it isn’t an HTTP(S) URL: “%s”',
		(signedUrl) => {
			expect(refusalOf({ signedUrl })).toContain('isn’t an HTTP(S) URL');
		},
	);

	it('isn’t quoted in the error, since it works like a password', () => {
		expect(refusalOf({ signedUrl: 'http://10.0.0.1/?Signature=secret' })).not.toContain('secret');
	});
});
