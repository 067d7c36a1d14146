import { userError } from '../../../nodes/Transcription/core/userError';
import {
	type CallbackEvent,
	type Delivery,
	type Proof,
	singleHeader,
	UNREADABLE,
	type Verification,
} from '../../../nodes/Transcription/callback/delivery';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { REFUSED_AS_UNREADABLE } from '../../../nodes/Transcription/callback/encryptedSecret';
import { sign, unfitForHeader, verify } from '../../../nodes/Transcription/callback/headerSecret';
import { sameSecret } from '../../../nodes/Transcription/callback/secrets';
import { parseResponse } from '../../../nodes/Transcription/http/response';
import type { ProviderApi } from '../../../nodes/Transcription/http/api';
import { safeId } from '../../../nodes/Transcription/http/safeId';
import {
	type JobPage,
	type ListFilter,
	type Provider,
	type Registered,
	type RegistrationTarget,
} from '../../../nodes/Transcription/providers/provider';
import {
	diarizeOption,
	languageOption,
	modelOption,
} from '../../../nodes/Transcription/providers/common/submitOptions';
import { readText } from '../../../nodes/Transcription/core/optionReaders';
import { eventIdOf, type Transcript, withoutAbsent } from '../../../nodes/Transcription/transcript/model';

/**
 * A fictional service that uses all parts of the interface that AssemblyAI doesn't: a form that contains the file, a webhook
 * that is registered once and signed with the service's own secret, additional credential fields (the API `generation`,
 * `signatureHeader`, and `delivery`, which is `registered` or `direct`), a token in the URL, and lists of models and
 * languages.
 */
const NAME = 'exampleSpeech';
const DISPLAY_NAME = 'Example Speech';

const jobSchema = z.object({
	id: z.string(),
	status: z.enum(['queued', 'completed', 'failed']),
	text: z.string().optional(),
	callback_url: z.string().optional(),
	created_at: z.string().optional(),
	finished_at: z.string().optional(),
});
const pageSchema = z.object({ jobs: z.array(jobSchema), next: z.string().optional() });
const eventSchema = jobSchema.extend({ status: z.enum(['completed', 'failed']) });
const webhooksSchema = z.array(z.object({ id: z.string(), url: z.string() }));

/** Returns the token that the callback URL contains in place of the secret. */
export function tokenFor(secret: string): string {
	return createHmac('sha256', secret).update('example token').digest('hex').slice(0, 32);
}

export const exampleSpeech: Provider = {
	name: NAME,
	displayName: DISPLAY_NAME,
	credentialType: 'exampleSpeechTranscriptionApi',
	regions: [{ name: 'World', value: 'world', baseUrl: 'https://speech.example.com' }],
	limits: () => ({ uploadBytes: 100_000_000, callbackUrlLength: 300 }),
	ui: {
		models: [{ name: 'Known in Advance', value: 'known-in-advance' }],
		languages: [{ name: 'English', value: 'en' }],
		submitOptions: [
			modelOption('The model', 'e.g. big'),
			languageOption('The language'),
			diarizeOption('Whether to tell speakers apart'),
		],
		extraEvents: [],
		triggerNotice: 'Nothing to set up.',
	},
	echoesCallbackUrl: true,
	explain: () => undefined,

	planSubmit(options, settings) {
		if (options.diarize && settings.generation === 'v1') {
			throw userError('“Diarize” needs generation v2 of the API', 'Change the generation in the credential.');
		}
		const model = readText(options.model) ?? 'known-in-advance';
		return async (api, source, target) => {
			const asked = { model, ...(target && { callback_url: target.url }) };
			const { body } = await api.request({
				method: 'POST',
				path: `/${api.settings.generation}/jobs`,
				...('url' in source
					? { json: { ...asked, url: source.url } }
					: { multipart: { fields: Object.entries(asked), file: { field: 'audio', source: source.file } } }),
				idempotent: false,
				secrets: target ? [target.secret, tokenFor(target.secret)] : [],
			});
			const { id, status } = parseResponse(DISPLAY_NAME, jobSchema, body);
			return { id, status };
		};
	},

	callback: {
		verify: verifyDelivery,
		read,
		transcriptIn,
		unfitSecret: unfitForHeader,
		urlFor(url, secret) {
			const result = new URL(url);
			result.searchParams.set('token', tokenFor(secret));
			return result.href;
		},
	},

	registration: {
		ensure,
		async remove(api, url) {
			for (const { id } of await webhooksFor(api, url)) {
				await api.request({ method: 'DELETE', path: `/v2/webhooks/${safeId(id)}`, idempotent: true });
			}
		},
	},

	async fetchJob(api, id) {
		const { body } = await api.request({ method: 'GET', path: `/v2/jobs/${safeId(id)}`, idempotent: true });
		const job = parseResponse(DISPLAY_NAME, jobSchema, body);
		return {
			transcript: { ...toTranscript(job), raw: body },
			...(job.callback_url && { callbackUrl: job.callback_url }),
		};
	},

	listing: {
		newestFirst: true,
		unavailable: ({ generation }) =>
			generation === 'v1'
				? { message: 'Generation v1 of Example Speech has no list', description: 'Change the generation.' }
				: undefined,
		pages,
	},

	async listModels(api) {
		const { body } = await api.request({ method: 'GET', path: '/v2/models', idempotent: true });
		return parseResponse(DISPLAY_NAME, z.array(z.object({ name: z.string(), value: z.string() })), body);
	},

	async listLanguages(api) {
		const { body } = await api.request({ method: 'GET', path: '/v2/languages', idempotent: true });
		return parseResponse(DISPLAY_NAME, z.array(z.object({ name: z.string(), value: z.string() })), body);
	},
};

async function* pages(api: ProviderApi, { status }: ListFilter, from = '/v2/list'): AsyncGenerator<JobPage> {
	let next: string | undefined = from;
	while (next !== undefined) {
		const { body } = await api.request({
			method: 'GET',
			path: next,
			idempotent: true,
			...(status && { query: { status } }),
		});
		const page: z.infer<typeof pageSchema> = parseResponse(DISPLAY_NAME, pageSchema, body);
		next = page.next;
		yield {
			jobs: page.jobs.map((job) => ({
				transcript: toTranscript(job),
				...(job.callback_url && { callbackUrl: job.callback_url }),
			})),
			next,
		};
	}
}

function verifyDelivery(delivery: Delivery, { secrets, issuedSecret, settings }: Proof): Verification {
	if (settings.delivery === 'direct') {
		const token = delivery.query.get('token') ?? '';
		const ok = secrets.some((secret) => sameSecret(tokenFor(secret), token));
		return ok ? { ok } : { ok, reason: 'the token in the URL is missing or another' };
	}
	if (issuedSecret === UNREADABLE) return REFUSED_AS_UNREADABLE;
	if (issuedSecret === undefined) return verify(delivery, secrets);
	const given = singleHeader(delivery, settings.signatureHeader ?? '') ?? '';
	const ok = sameSecret(createHmac('sha256', issuedSecret).update(delivery.rawBody).digest('hex'), given);
	return ok
		? { ok, bodySigned: true }
		: { ok, reason: `the signature in ${settings.signatureHeader} is missing or wrong` };
}

function read(delivery: Delivery): CallbackEvent {
	let body: unknown;
	try {
		body = JSON.parse(delivery.rawBody.toString('utf8'));
	} catch {
		return { ignored: 'the body is no JSON' };
	}
	const parsed = eventSchema.safeParse(body);
	if (!parsed.success) return { ignored: 'the body isn’t an event' };
	const { id, status, callback_url: callbackUrl } = parsed.data;
	// The webhook receives events for all jobs of the account. Jobs without a callback URL aren't ours.
	if (callbackUrl === undefined) return { ignored: 'the job was submitted without a callback URL' };
	return { event: status, id, callbackUrl };
}

function transcriptIn(body: unknown): Transcript | undefined {
	const { data } = eventSchema.safeParse(body);
	return data?.text === undefined ? undefined : toTranscript(data);
}

async function ensure(api: ProviderApi, { url, secret, known }: RegistrationTarget): Promise<Registered> {
	const json = { url, headers: sign(secret) };
	const [existing] = await webhooksFor(api, url);
	if (existing) {
		await api.request({ method: 'PUT', path: `/v2/webhooks/${safeId(existing.id)}`, json, idempotent: true });
		return known?.id === existing.id ? known : { id: existing.id };
	}
	const { body } = await api.request({
		method: 'POST',
		path: '/v2/webhooks',
		json,
		idempotent: false,
		secrets: [secret],
	});
	return parseResponse(DISPLAY_NAME, z.object({ id: z.string(), secret: z.string() }), body);
}

async function webhooksFor(api: ProviderApi, url: string) {
	const { body } = await api.request({ method: 'GET', path: '/v2/webhooks', idempotent: true });
	return parseResponse(DISPLAY_NAME, webhooksSchema, body).filter((webhook) => webhook.url === url);
}

function toTranscript({
	id,
	status,
	text,
	created_at: createdAt,
	finished_at: completedAt,
}: z.infer<typeof jobSchema>): Transcript {
	return withoutAbsent<Transcript>({
		status,
		text,
		provider: NAME,
		id,
		eventId: eventIdOf(NAME, id, status),
		createdAt,
		completedAt,
	});
}
