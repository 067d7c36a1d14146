import { resolveUrl, type Target } from '../../../nodes/Transcription/http/target';
import { ServiceError } from '../../../nodes/Transcription/http/errors';

const SERVICE = { displayName: 'Example Speech', baseUrl: 'https://api.example.com/v9' };
const address = (target: Target, baseUrl = SERVICE.baseUrl) => resolveUrl(target, { ...SERVICE, baseUrl });

function refusalOf(target: Target, baseUrl?: string): string {
	try {
		address(target, baseUrl);
	} catch (error) {
		if (error instanceof ServiceError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('was not refused');
}

describe('a path', () => {
	it('is below the base URL', () => {
		expect(address({ path: '/jobs/1' })).toBe('https://api.example.com/v9/jobs/1');
	});
});

describe('a URL that goes with the API key', () => {
	it.each([
		['anywhere on the service’s origin', 'https://api.example.com/other/place?page=2'],
		['with the port said outright', 'https://api.example.com:443/other/place?page=2'],
		['in capitals', 'HTTPS://API.example.COM/other/place?page=2'],
	])('is followed %s', (_where, ownUrl) => {
		expect(address({ ownUrl })).toBe('https://api.example.com/other/place?page=2');
	});

	it.each([
		['to another host', 'https://evil.example/jobs'],
		['to a host that begins like it', 'https://api.example.com.evil.example/jobs'],
		['to another port', 'https://api.example.com:8443/jobs'],
		['to http in place of https', 'http://api.example.com/jobs'],
		['to a host behind an @', 'https://api.example.com@evil.example/jobs'],
		['with a user', 'https://user@api.example.com/jobs'],
		['with user and password', 'https://user:password@api.example.com/jobs'],
		['that is relative', '/jobs'],
		['without a scheme', '//api.example.com/jobs'],
		['of another scheme', 'file:///etc/passwd'],
		['that is empty', ''],
	])('is not followed %s', (_what, ownUrl) => {
		const refusal = refusalOf({ ownUrl });
		expect(refusal).toContain('Example Speech gave a URL that this node does not follow');
		expect(refusal).toContain('another host');
	});
});

describe('a URL that proves itself', () => {
	it('is followed to any host', () => {
		const signedUrl = 'https://bucket.s3.example.com/a.wav?Signature=x%2Fy&Expires=1';
		expect(address({ signedUrl })).toBe(signedUrl);
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
	])('is not followed into the user’s own network: %s', (signedUrl) => {
		expect(refusalOf({ signedUrl })).toContain('leads into your own network');
	});

	it('is followed there where the service itself is there', () => {
		expect(address({ signedUrl: 'http://127.0.0.1:9/a' }, 'http://localhost:4010/example')).toBe('http://127.0.0.1:9/a');
	});

	it.each(['ftp://files.example.com/a', 'javascript:alert(1)', 'a.wav', ''])('is refused where it is none: “%s”', (signedUrl) => {
		expect(refusalOf({ signedUrl })).toContain('no http(s) URL');
	});

	it('does not appear in the refusal, since it is as good as a password', () => {
		expect(refusalOf({ signedUrl: 'http://10.0.0.1/?Signature=secret' })).not.toContain('secret');
	});
});
