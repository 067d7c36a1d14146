import { isPrivateHost, parseHttpUrl } from '../../../nodes/Transcription/core/url';
import fc from 'fast-check';
import {
	executionStatusUrl,
	pointsToTrigger,
	readQuery,
	resumedExecution,
	scopeOf,
	secretsIn,
	triggerScope,
	triggerUrl,
	webhookBaseOf,
	withQuery,
} from '../../../nodes/Transcription/callback/url';

describe('webhookBaseOf', () => {
	it.each([
		['https://n8n.example.com/webhook-waiting/12', 'https://n8n.example.com/webhook'],
		['https://n8n.example.com/webhook-waiting/12?signature=abc', 'https://n8n.example.com/webhook'],
		['http://localhost:5678/webhook-waiting/12', 'http://localhost:5678/webhook'],
		['https://example.com/tools/n8n/webhook-waiting/12', 'https://example.com/tools/n8n/webhook'],
		['https://example.com/webhook-waiting/n8n/webhook-waiting/12/', 'https://example.com/webhook-waiting/n8n/webhook'],
	])('finds the base in %s', (resumeUrl, base) => {
		expect(webhookBaseOf(resumeUrl)).toBe(base);
	});

	it.each(['https://n8n.example.com/hooks-waiting/12', 'https://n8n.example.com/webhook-waiting', 'undefined/12', ''])(
		'returns undefined for “%s”, if the endpoint was renamed or n8n has no URL',
		(resumeUrl) => {
			expect(webhookBaseOf(resumeUrl)).toBeUndefined();
		},
	);
});

describe('resumedExecution', () => {
	const OWN = 'https://example.com/tools/n8n/webhook-waiting/12?signature=own';

	it.each([
		['https://example.com/tools/n8n/webhook-waiting/7', { id: '7' }],
		['https://example.com/tools/n8n/webhook-waiting/7?signature=abc&token=def', { id: '7', resumeToken: 'abc' }],
		['https://example.com/tools/n8n/webhook-waiting/7/suffix?signature=abc', { id: '7', resumeToken: 'abc' }],
		['https://example.com/tools/n8n/webhook-waiting/12?signature=own', { id: '12', resumeToken: 'own' }],
	])('finds the execution in %s', (callbackUrl, execution) => {
		expect(resumedExecution(callbackUrl, OWN)).toEqual(execution);
	});

	it.each([
		'https://other.example.com/tools/n8n/webhook-waiting/7?signature=abc',
		'http://example.com/tools/n8n/webhook-waiting/7?signature=abc',
		'https://example.com:8443/tools/n8n/webhook-waiting/7?signature=abc',
		'https://example.com/webhook-waiting/7?signature=abc',
		'https://example.com/tools/n8n/webhook/Ab12/soniox?ref=abc',
		'https://example.com/tools/n8n/webhook-waiting/',
		'https://example.com/tools/n8n/webhook-waiting',
		'not a URL',
		'',
	])('returns undefined for “%s”', (callbackUrl) => {
		expect(resumedExecution(callbackUrl, OWN)).toBeUndefined();
	});

	it('returns undefined if n8n has no URL', () => {
		expect(resumedExecution('https://example.com/webhook-waiting/7', 'undefined/12')).toBeUndefined();
	});
});

describe('executionStatusUrl', () => {
	const OWN = 'https://example.com/tools/form-waiting/12?signature=own';

	it('contains the token of that execution, never its own', () => {
		expect(executionStatusUrl(OWN, { id: '7', resumeToken: 'a/b&c' })).toBe(
			'https://example.com/tools/form-waiting/7/n8n-execution-status?signature=a%2Fb%26c',
		);
	});

	it('contains no token if the execution has none', () => {
		expect(executionStatusUrl(OWN, { id: '7' })).toBe('https://example.com/tools/form-waiting/7/n8n-execution-status');
	});
});

describe('triggerUrl', () => {
	it('removes trailing slashes of the base', () => {
		expect(triggerUrl('https://n8n.example.com/webhook//', 'Ab12', 'assemblyAi')).toBe(
			'https://n8n.example.com/webhook/Ab12/assemblyAi',
		);
	});

	const segment = fc.string({ unit: fc.constantFrom(...'abzABZ019_-'), minLength: 1, maxLength: 24 });
	const base = fc.webUrl().map((url) => `${new URL(url).origin}/webhook`);

	it('has the scope that its trigger expects, for any base', () => {
		fc.assert(
			fc.property(base, segment, segment, (b, workflowId, provider) => {
				expect(scopeOf(triggerUrl(b, workflowId, provider))).toBe(triggerScope(workflowId, provider));
			}),
		);
	});

	it('has the same scope with metadata, on a different host, and as a test URL', () => {
		const production = withQuery(triggerUrl('https://a.example.com/webhook', 'Ab12', 'p'), { x: 'a/b/c' }, 'r');
		const test = triggerUrl('http://10.0.0.1:5678/prefix/webhook-test', 'Ab12', 'p');
		expect([scopeOf(production), scopeOf(test)]).toEqual(['Ab12/p', 'Ab12/p']);
	});

	it('is recognized by its provider', () => {
		const url = 'https://n8n.example.com/webhook/Ab12/assemblyAi?x=1';
		expect([pointsToTrigger(url, 'assemblyAi'), pointsToTrigger(url, 'soniox'), pointsToTrigger(url, 'Ai')]).toEqual([
			true,
			false,
			false,
		]);
	});

	it('isn’t recognized in a URL with the provider as its only segment', () => {
		expect(pointsToTrigger('https://example.com/assemblyAi', 'assemblyAi')).toBe(false);
	});
});

describe('callback URL query', () => {
	it('keeps existing parameters', () => {
		expect(withQuery('https://example.com/hook?a=1', { b: '2' }, 'r')).toBe('https://example.com/hook?a=1&b=2&ref=r');
	});

	it('omits keys that n8n and this package add from the metadata', () => {
		expect(readQuery(new URLSearchParams('a=1&token=t&signature=s&ref=r'))).toEqual({ metadata: { a: '1' }, ref: 'r' });
	});

	it('has no ref if none was sent', () => {
		expect(readQuery(new URLSearchParams('a=1'))).toEqual({ metadata: { a: '1' } });
	});

	it('keeps brackets and dots in keys', () => {
		expect(readQuery(new URLSearchParams('a.b=1&c%5Bd%5D=2')).metadata).toEqual({ 'a.b': '1', 'c[d]': '2' });
	});
});

describe('parseHttpUrl', () => {
	it.each(['http://example.com', 'https://example.com/x?y#z'])('accepts %s', (text) => {
		expect(parseHttpUrl(text)).toBeInstanceOf(URL);
	});

	it.each([
		'',
		'example.com/a.mp3',
		'/a.mp3',
		'ftp://example.com/a.mp3',
		'file:///a.mp3',
		'data:audio/mp3;base64,AA',
		'javascript:1',
	])('rejects “%s”', (text) => {
		expect(parseHttpUrl(text)).toBeUndefined();
	});
});

describe('isPrivateHost', () => {
	it.each([
		'localhost',
		'n8n',
		'n8n.local',
		'a.internal',
		'x.localhost',
		'router.lan',
		'nas.home.arpa',
		'LOCALHOST',
		'localhost.',
		'127.0.0.1',
		'127.1',
		'2130706433',
		'0.0.0.0',
		'10.1.2.3',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.1',
		'169.254.169.254',
		'100.64.0.1',
		'[::1]',
		'[::]',
		'[fd00::1]',
		'[fe80::1]',
		'[::ffff:127.0.0.1]',
	])('returns true for %s', (host) => {
		expect(isPrivateHost(new URL(`http://${host}/`))).toBe(true);
	});

	it.each([
		'example.com',
		'n8n.example.com',
		'8.8.8.8',
		'172.15.0.1',
		'172.32.0.1',
		'192.169.1.1',
		'100.63.0.1',
		'100.128.0.1',
		'[2001:4860:4860::8888]',
		'local.example.com',
		'10.example.com',
	])('returns false for %s', (host) => {
		expect(isPrivateHost(new URL(`https://${host}/`))).toBe(false);
	});
});

it('finds the secrets in a callback URL', () => {
	expect(secretsIn('https://n8n.example.com/webhook-waiting/42?signature=abc&token=def&contact=7')).toEqual([
		'def',
		'abc',
	]);
	expect(secretsIn('https://n8n.example.com/webhook/a/b?contact=7')).toEqual([]);
	expect(secretsIn(undefined)).toEqual([]);
});
