import type { Connection } from '../../../nodes/Transcription/http/connection';
import type { Provider } from '../../../nodes/Transcription/providers/provider';
import { findProvider } from '../../../nodes/Transcription/providers';
import { refusalOf } from '../../../nodes/Transcription/shared/callbackUrl';

const PUBLIC: Connection = { baseUrl: 'https://api.example.com', apiKey: 'k', settings: {} };
const providerWith = (requirements: ReturnType<NonNullable<Provider['callbackUrlRequirements']>>): Provider => ({
	...findProvider('soniox'),
	displayName: 'The Service',
	callbackUrlRequirements: () => requirements,
});
const BOTH = providerWith({ https: true, hostName: true });

describe('Callback URL requirements', () => {
	it.each([
		'http://n8n.example.com/webhook/w/p',
		'https://93.184.215.14/webhook/w/p',
		'https://93.184.215.14:8443/webhook/w/p',
		// In a URL, a number as the host is an IPv4 address.
		'https://1572395022/webhook/w/p',
		'https://[2606:2800:21f:cb07::1]/webhook/w/p',
		'https://localhost/webhook/w/p',
		'https://n8n/webhook/w/p',
		'https://n8n.local/webhook/w/p',
		'https://n8n.localdomain/webhook/w/p',
		'https://192.168.1.4/webhook/w/p',
	])('aren’t met by %s', (url) => {
		expect(refusalOf(url, BOTH, PUBLIC)).toMatch(/^The Service only accepts callback URLs/);
	});

	it.each(['https://n8n.example.com/webhook/w/p', 'https://N8N.Example.com:8443/w/p', 'https://1.2.3.4.example.com/x'])(
		'are met by %s',
		(url) => {
			expect(refusalOf(url, BOTH, PUBLIC)).toBeUndefined();
		},
	);

	it('name the part of the URL that isn’t accepted', () => {
		expect(refusalOf('http://n8n.example.com/webhook/w/p?token=secret', BOTH, PUBLIC)).toBe(
			'The Service only accepts callback URLs that start with https://, and this one starts with “http://n8n.example.com”',
		);
		expect(refusalOf('https://93.184.215.14/webhook/w/p', BOTH, PUBLIC)).toContain('“93.184.215.14”');
	});

	it('are checked separately', () => {
		expect(refusalOf('https://93.184.215.14/x', providerWith({ https: true }), PUBLIC)).toBeUndefined();
		expect(refusalOf('http://n8n.example.com/x', providerWith({ hostName: true }), PUBLIC)).toBeUndefined();
		expect(refusalOf('http://93.184.215.14/x', providerWith(undefined), PUBLIC)).toBeUndefined();
	});

	it.each(['http://localhost:4010/scriptix', 'http://192.168.1.4', 'http://sandbox:4010'])(
		'don’t apply to a local service at %s',
		(baseUrl) => {
			expect(refusalOf('http://localhost:5678/webhook/w/p', BOTH, { ...PUBLIC, baseUrl })).toBeUndefined();
		},
	);

	it('apply to a gateway on the internet', () => {
		const gateway = { ...PUBLIC, baseUrl: 'http://gateway.example.com' };
		expect(refusalOf('http://n8n.example.com/x', BOTH, gateway)).toContain('start with https://');
	});
});

it('declares the requirements of every service that has some', () => {
	const of = (name: string, settings = {}) => findProvider(name).callbackUrlRequirements?.(settings);
	expect(of('scriptix')).toEqual({ https: true, hostName: true });
	expect(of('elevenLabs')).toEqual({ https: true });
	expect(of('elevenLabs', { webhookSetup: 'manual' })).toBeUndefined();
	for (const name of ['assemblyAi', 'gladia', 'instantTranscriber', 'revAi', 'soniox', 'speechmatics'])
		expect(of(name)).toBeUndefined();
});
