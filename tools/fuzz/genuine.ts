import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	claimedProbe,
	type ProbeKind,
	readSample,
	sampleBody,
	signProbe,
	verifyProbe,
} from '../../nodes/Transcription/callback/probe';
import { acceptedSecrets, callbackSecret } from '../../nodes/Transcription/callback/secrets';
import { triggerScope, triggerUrl, withQuery } from '../../nodes/Transcription/callback/url';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';
import { isSafeId } from '../../nodes/Transcription/http/safeId';
import type { UploadSource } from '../../nodes/Transcription/http/upload';
import { findProvider } from '../../nodes/Transcription/providers';
import type { Provider } from '../../nodes/Transcription/providers/provider';
import { type Sandbox, startSandbox } from '../../sandbox';
import { probe } from './proofs';
import { sandboxApi } from './sandboxApi';
import type { FuzzTarget } from './target';
import { VERIFICATION_METHODS, type VerificationMethod } from './verificationMethods';

const WORKFLOW = 'Fz12Cd34Ef56Gh78';
const METADATA = { contactId: '4711', 'order.no': 'ä ö' };
const DELIVERY_TIMEOUT_MS = 30_000;

/**
 * Creates genuine deliveries for every provider. Submits jobs with the same requests as Submit, and receives their callbacks
 * from the sandbox over HTTP.
 */
export async function genuineTargets(): Promise<FuzzTarget[]> {
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0 });
	const receiver = await startReceiver();
	try {
		const targets: FuzzTarget[] = [];
		for (const method of VERIFICATION_METHODS) {
			targets.push(await targetFor(method, sandbox, receiver));
			sandbox.reset();
		}
		return [...targets, probeTarget('ping', '{"ping":true}'), probeTarget('sample', sampleBody({ id: 'job-1' }))];
	} finally {
		await Promise.all([sandbox.close(), receiver.close()]);
	}
}

async function targetFor(method: VerificationMethod, sandbox: Sandbox, receiver: Receiver): Promise<FuzzTarget> {
	const provider = findProvider(method.provider);
	const apiKey = sandbox.accounts(method.provider)[0]?.apiKey ?? '';
	const scope = triggerScope(WORKFLOW, provider.name);
	const url = triggerUrl(receiver.base, WORKFLOW, provider.name);
	const api = sandboxApi(method.provider, sandbox.baseUrl(method.provider), apiKey, method.settings);
	const issued =
		method.issued && (await register(provider, { ...api, settings: {} }, url, callbackSecret({ apiKey }, scope)));
	const webhookSecret = method.issued === 'pasted' ? issued : method.webhookSecret;
	const connection = { apiKey, webhookSecret };
	const secret = callbackSecret(connection, scope);

	const source = { file: recording(sandbox) };
	const plan = provider.planSubmit({}, method.settings, source);
	const full = withQuery(url, METADATA, 'a-ref');
	const delivered = receiver.next();
	await plan(api, source, { url: provider.callback.urlFor?.(full, secret, method.settings) ?? full, secret });
	const genuine = await delivered;

	return {
		name: method.name,
		kind: method.kind,
		genuine,
		proof: {
			secrets: acceptedSecrets(connection, scope),
			isSecretDerived: webhookSecret === undefined,
			scope,
			...(method.issued === 'known' && { issuedSecret: issued }),
			settings: method.settings,
			nowSeconds: Date.now() / 1000,
		},
		secret: method.issued === 'known' ? (issued ?? '') : secret,
		foreignSecrets: foreignSecrets(apiKey, provider.name),
		trigger: {
			provider: provider.name,
			workflowId: WORKFLOW,
			credential: { apiKey, ...method.settings, ...(webhookSecret !== undefined && { webhookSecret }) },
		},
		// In the same order as in `trigger/receive.ts`.
		verify(delivery, proof) {
			const kind = claimedProbe(delivery);
			return kind
				? verifyProbe(kind, delivery, proof.secrets, proof.nowSeconds)
				: provider.callback.verify(delivery, proof);
		},
		read: (delivery) => provider.callback.read(delivery),
	};
}

function probeTarget(kind: ProbeKind, body: string): FuzzTarget {
	const apiKey = 'the-key-of-the-probe';
	const nowSeconds = Date.now() / 1000;
	const scope = triggerScope(WORKFLOW, 'soniox');
	const secrets = acceptedSecrets({ apiKey }, scope);
	const headers = Object.entries(signProbe(kind, secrets[0] ?? '', body, nowSeconds));
	return {
		name: `this package's own ${kind}`,
		kind: probe(kind),
		genuine: {
			rawBody: Buffer.from(body),
			headers: {
				'content-type': 'application/json',
				...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
			},
			query: new URLSearchParams(),
		},
		proof: { secrets, scope, settings: {}, nowSeconds },
		secret: secrets[0] ?? '',
		foreignSecrets: foreignSecrets(apiKey, 'soniox'),
		trigger: { provider: 'soniox', workflowId: WORKFLOW, credential: { apiKey } },
		verify(delivery, proof) {
			const claimed = claimedProbe(delivery);
			return claimed
				? verifyProbe(claimed, delivery, proof.secrets, proof.nowSeconds)
				: findProvider('soniox').callback.verify(delivery, proof);
		},
		read(delivery) {
			const sample = readSample(delivery);
			return sample === undefined || !('id' in sample) || !isSafeId(sample.id)
				? { ignored: 'it has no valid job ID' }
				: { event: 'completed', id: sample.id };
		},
	};
}

/** Other users' secrets, and values that look like secrets. None of them may be accepted. */
function foreignSecrets(apiKey: string, provider: string): string[] {
	const scope = triggerScope(WORKFLOW, provider);
	return [
		'',
		' ',
		'undefined',
		'null',
		'f'.repeat(64),
		apiKey,
		scope,
		callbackSecret({ apiKey }, triggerScope('AnotherWorkflow1', provider)),
		callbackSecret({ apiKey }, triggerScope(WORKFLOW, 'another')),
		callbackSecret({ apiKey }, ''),
		callbackSecret({ apiKey: `${apiKey}x` }, scope),
		...acceptedSecrets({ apiKey: 'another-account', previousWebhookSecret: 'their-old-one' }, scope),
	];
}

async function register(
	provider: Provider,
	api: ReturnType<typeof sandboxApi>,
	url: string,
	secret: string,
): Promise<string> {
	const registered = await provider.registration?.ensure(api, { url, secret, name: 'fuzz' });
	if (!registered?.secret) throw new Error(`${provider.displayName} returned no secret for the webhook`);
	return registered.secret;
}

function recording(sandbox: Sandbox): UploadSource {
	const [shortest] = sandbox.samples.list().sort((a, b) => a.durationSeconds - b.durationSeconds);
	const content = readFileSync(sandbox.samples.path(shortest?.file ?? '') ?? '');
	return { fileName: 'call.wav', mimeType: 'audio/wav', bytes: content.length, open: async () => content };
}

interface Receiver {
	base: string;
	/** Resolves with the next delivery. Call it before causing the delivery. */
	next(): Promise<Delivery>;
	close(): Promise<void>;
}

/** Receives deliveries the way n8n's server does. */
async function startReceiver(): Promise<Receiver> {
	let take: ((delivery: Delivery) => void) | undefined;
	const server = createServer((request, response) => {
		void readBody(request).then((rawBody) => {
			response.end('{}');
			take?.({ rawBody, headers: request.headers, query: new URL(request.url ?? '', 'http://localhost').searchParams });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		async next() {
			let timer: NodeJS.Timeout | undefined;
			try {
				return await new Promise<Delivery>((resolve, reject) => {
					take = resolve;
					timer = setTimeout(() => reject(new Error('the sandbox delivered no callback')), DELIVERY_TIMEOUT_MS);
				});
			} finally {
				clearTimeout(timer);
			}
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
