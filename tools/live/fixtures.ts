import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { contentOf, stubOf } from './content';
import { idsOf, ownEntries, withoutRetried } from './drift';
import type { Exchange } from './exchange';
import { pathTemplate } from './ids';
import { type Redactor, SERVICE_URL } from './redact';
import { CLEANUP, type Run } from './run';
import type { Transport } from './transport';

/** A recorded response. For binary files, only the kind is recorded. */
interface RecordedResponse {
	/** e.g. `GET /v2/transcript/:id` */
	request: string;
	status: number;
	headers: Record<string, string>;
	json?: unknown;
	text?: string;
	binary?: string;
}

interface RecordedCallback {
	headers: Record<string, string>;
	query: Record<string, string>;
	json?: unknown;
	text?: string;
}

/** The responses to all requests in one step of the scenario. */
export interface Fixture {
	step: string;
	responses: RecordedResponse[];
	callback?: RecordedCallback;
}

/** The recorded run of one provider. */
export interface Recording {
	/** The fields of the credential that decide which API is used, without secrets. */
	settings: ICredentialDataDecryptedObject;
	/** In the order of the requests. */
	fixtures: readonly Fixture[];
}

/** Response headers that are recorded. */
const HEADERS = ['content-type', 'retry-after'];

const SETTINGS = 'settings.json';

/** Converts a run into a recording. */
export function recordingOf(run: Run, settings: ICredentialDataDecryptedObject, redactor: Redactor): Recording {
	const known = idsOf(run);
	const fixtures: Fixture[] = [];
	for (const exchange of withoutRetried(run.exchanges)) {
		if (exchange.step === CLEANUP) continue;
		const last = fixtures.at(-1);
		const fixture = last?.step === exchange.step ? last : { step: exchange.step, responses: [] };
		if (fixture !== last) fixtures.push(fixture);
		const response = responseOf(exchange, run, known, redactor);
		// A long job would otherwise be recorded as hundreds of identical responses.
		if (!isDeepStrictEqual(response, fixture.responses.at(-1))) fixture.responses.push(response);
	}
	if (run.delivery) fixtures.push({ step: 'callback', responses: [], callback: callbackOf(run.delivery, redactor) });
	const safe = Object.entries(settings).filter(([name]) => !/secret|key|token/i.test(name));
	return { settings: Object.fromEntries(safe), fixtures };
}

function responseOf(exchange: Exchange, run: Run, known: ReadonlySet<string>, redactor: Redactor): RecordedResponse {
	const { step, method, status, headers, body } = exchange;
	const content = contentOf(body, headers['content-type']);
	const path = exchange.isSigned ? 'signed URL' : pathTemplate(exchange.url, run.baseUrl, known);
	const kept = HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
	return { request: `${method} ${path}`, status, headers: Object.fromEntries(kept), ...bodyOf() };

	function bodyOf(): Pick<RecordedResponse, 'json' | 'text' | 'binary'> {
		if ('json' in content) {
			const isAccountWide = step === 'list' || step === 'register';
			const isPublic = status >= 400 || step === 'models' || step === 'languages';
			return { json: redactor.json(isAccountWide ? ownEntries(content.json, run) : content.json, isPublic) };
		}
		if (stubOf(content.kind)) return { binary: content.kind };
		return { text: status >= 400 ? redactor.message(content.text) : redactor.transcript(content.text) };
	}
}

function callbackOf({ rawBody, headers, query }: Delivery, redactor: Redactor): RecordedCallback {
	const content = contentOf(rawBody);
	const isPublic = (name: string) => ['content-type', 'user-agent'].includes(name);
	return {
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [
				name,
				isPublic(name) ? String(value) : (redactor.id(String(value)) ?? '[redacted]'),
			]),
		),
		query: redactor.json(Object.fromEntries(query), false) as Record<string, string>,
		...('json' in content ? { json: redactor.json(content.json, false) } : { text: redactor.transcript(content.text) }),
	};
}

/** Replaces the recording in a folder. Writes one file per step, with names that sort in the order of the steps. */
export function writeRecording(folder: string, { settings, fixtures }: Recording): void {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const write = (name: string, value: unknown) =>
		writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, '\t')}\n`);
	write(SETTINGS, settings);
	for (const [index, fixture] of fixtures.entries()) {
		const name = fixture.step.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
		write(`${String(index + 1).padStart(2, '0')}-${name}.json`, fixture);
	}
}

/** @returns undefined if the folder has no recording */
export function readRecording(folder: string): Recording | undefined {
	if (!existsSync(join(folder, SETTINGS))) return undefined;
	const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
	const names = readdirSync(folder).filter((name) => /^\d+-.*\.json$/.test(name));
	return {
		settings: read(SETTINGS) as ICredentialDataDecryptedObject,
		fixtures: names.sort().map((name) => read(name) as Fixture),
	};
}

/** Answers requests from a recording. Identical requests get the recorded responses in order, then the last one repeatedly. */
export function replayTransport({ fixtures }: Recording, known: ReadonlySet<string>): Transport {
	const responses = new Map<string, RecordedResponse[]>();
	for (const response of fixtures.flatMap((fixture) => fixture.responses)) {
		responses.set(response.request, [...(responses.get(response.request) ?? []), response]);
	}
	return async ({ method = 'GET', url }, isSigned) => {
		const request = `${method} ${isSigned ? 'signed URL' : pathTemplate(url, SERVICE_URL, known)}`;
		const queue = responses.get(request);
		const response = queue && queue.length > 1 ? queue.shift() : queue?.[0];
		if (!response) throw new Error(`The recording has no response to ${request}. Record it again with --record.`);
		const { status, headers, json, text = '', binary } = response;
		const body = json === undefined ? (stubOf(binary ?? '') ?? Buffer.from(text)) : Buffer.from(JSON.stringify(json));
		return { status, headers, body };
	};
}

/** Returns the recorded callback, as the receiver would return it. */
export function recordedDelivery({ fixtures }: Recording): Delivery | undefined {
	const callback = fixtures.find((fixture) => fixture.callback)?.callback;
	if (!callback) return undefined;
	const { headers, query, json, text = '' } = callback;
	return {
		rawBody: Buffer.from(json === undefined ? text : JSON.stringify(json)),
		headers,
		query: new URLSearchParams(query),
	};
}
