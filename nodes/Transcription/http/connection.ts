import { parseHttpUrl } from '../core/url';
import type { SecretMaterial } from '../callback/secrets';
import { UserError } from '../core/userError';

/** A region in which a provider offers its API. */
export interface Region {
	name: string;
	value: string;
	/** Without a trailing slash. */
	baseUrl: string;
}

/** The validated fields of a credential: the provider's URL and the secrets that authenticate requests and callbacks. */
export interface Connection extends SecretMaterial {
	/** Without a trailing slash. */
	baseUrl: string;
	settings: Settings;
}

/** Fields that only one provider's credential has, such as the version of its API. */
export type Settings = Readonly<Record<string, string>>;

/** Fields that every credential has; see `providers/credentialForm.ts`. */
const COMMON_FIELDS = ['apiKey', 'region', 'baseUrl', 'webhookSecret', 'previousWebhookSecret'];

/** @throws UserError */
export function toConnection(credential: Record<string, unknown>, regions: readonly Region[]): Connection {
	const text = (name: string) => String(credential[name] ?? '').trim();
	const apiKey = text('apiKey');
	if (!apiKey) {
		throw new UserError({
			message: 'The credential has no API key',
			description: 'Open the credential and enter the API Key.',
		});
	}
	// Secrets aren't trimmed: a trailing space may be part of one.
	const secret = (name: string) => (credential[name] as string | undefined) || undefined;
	return {
		baseUrl: baseUrlOf(text('region'), text('baseUrl'), regions),
		apiKey,
		webhookSecret: secret('webhookSecret'),
		previousWebhookSecret: secret('previousWebhookSecret'),
		settings: settingsOf(credential),
	};
}

function settingsOf(credential: Record<string, unknown>): Settings {
	return Object.fromEntries(
		Object.entries(credential)
			.filter(([name]) => !COMMON_FIELDS.includes(name))
			.map(([name, value]) => [name, String(value ?? '').trim()]),
	);
}

function baseUrlOf(region: string, baseUrl: string, regions: readonly Region[]): string {
	const known = regions.find((candidate) => candidate.value === region);
	if (known) return known.baseUrl;
	const url = parseHttpUrl(baseUrl);
	const isPlain = url && !/[?#]/.test(baseUrl) && !url.username && !url.password;
	if (isPlain) return url.href.replace(/\/+$/, '');
	throw new UserError({
		message: 'The credential’s Base URL isn’t a plain HTTP(S) URL',
		description: `Enter something like ${regions[0]?.baseUrl ?? 'https://api.example.com'}, or choose a region.`,
	});
}
