import { PROVIDERS } from '../../../nodes/Transcription/providers';
import type { ProviderName } from '../../../sandbox';
import type { Change, Message } from './alteringProxy';
import type { CheckResult } from '../../../tools/live/check';
import { checkService } from './setup';

/* eslint-disable @typescript-eslint/no-explicit-any -- bodies are altered without knowing their types */

/** A planted difference, and where the check must report it. */
interface Difference extends Change {
	name: string;
	request: RegExp;
	place: string;
	sandbox: RegExp;
	real: RegExp;
	grade: 'breaking' | 'minor';
	/** Whether to plant the difference in callbacks instead of responses. */
	inCallback?: boolean;
}

const json =
	(alter: (body: any) => void) =>
	({ body }: Message) =>
		alter(body);

const DIFFERENCES: Record<ProviderName, readonly Difference[]> = {
	assemblyAi: [
		{
			name: 'a missing field',
			method: 'GET',
			path: /\/v2\/transcript\/[\w-]+$/,
			containing: '"status":"completed"',
			alter: json((body) => delete body.audio_duration),
			request: /^fetch: GET \/v2\/transcript\/:id$/,
			place: 'body.audio_duration',
			sandbox: /integer|number/,
			real: /^absent$/,
			grade: 'breaking',
		},
		{
			name: 'text instead of a number',
			method: 'GET',
			path: /\/v2\/transcript\/[\w-]+$/,
			containing: '"status":"completed"',
			alter: json((body) => (body.confidence &&= String(body.confidence))),
			request: /^fetch: GET/,
			place: 'body.confidence',
			sandbox: /number/,
			real: /^string$/,
			grade: 'breaking',
		},
		{
			name: 'a new status of a job',
			method: 'POST',
			path: /\/v2\/transcript$/,
			containing: '"status":"queued"',
			alter: json((body) => (body.status = 'accepted')),
			request: /^submit by upload: POST \/v2\/transcript$/,
			place: 'body.status',
			sandbox: /^queued$/,
			real: /^accepted$/,
			grade: 'breaking',
		},
		{
			name: 'another body for an unknown ID',
			method: 'GET',
			path: /\/v2\/transcript\//,
			containing: 'lookup error',
			alter: (message) => (message.body = { error: 'No such transcript' }),
			request: /^unknown ID$/,
			place: 'result',
			sandbox: /no transcript with the ID/,
			real: /the request \(status/,
			grade: 'breaking',
		},
		{
			name: 'another content type of a file',
			method: 'GET',
			path: /\/srt/,
			alter: ({ headers }) => (headers['content-type'] = 'application/octet-stream'),
			request: /^file srt: GET \/v2\/transcript\/:id\/srt$/,
			place: 'header content-type',
			sandbox: /^text\/plain$/,
			real: /^application\/octet-stream$/,
			grade: 'minor',
		},
	],
	elevenLabs: [
		{
			name: 'a renamed signature header of callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: ({ headers }) => {
				headers['x-elevenlabs-signature'] = headers['elevenlabs-signature'] ?? '';
				delete headers['elevenlabs-signature'];
			},
			request: /^callback$/,
			place: 'header elevenlabs-signature',
			sandbox: /^present$/,
			real: /^absent$/,
			grade: 'breaking',
		},
		{
			name: 'null instead of a list in callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: json((body) => (body.data.transcription.words = null)),
			request: /^callback$/,
			place: 'body.data.transcription.words',
			sandbox: /^array$/,
			real: /^null$/,
			grade: 'breaking',
		},
		{
			name: 'another status for a wrong key',
			method: 'GET',
			path: /\/transcripts\//,
			containing: 'Invalid API key',
			alter: (message) => (message.status = 418),
			request: /^wrong key: GET \/v1\/speech-to-text\/transcripts\/:id$/,
			place: 'status',
			sandbox: /^40\d$/,
			real: /^418$/,
			grade: 'breaking',
		},
		{
			name: 'a new type of word',
			method: 'GET',
			path: /\/transcripts\//,
			containing: '"words"',
			alter: json((body) => (body.words[0].type = 'breath')),
			request: /^fetch: GET \/v1\/speech-to-text\/transcripts\/:id$/,
			place: 'body.words[].type',
			sandbox: /word/,
			real: /^breath$/,
			grade: 'breaking',
		},
	],
	gladia: [
		{
			name: 'a new name for a status',
			method: 'GET',
			path: /\/pre-recorded\/[\w-]+$/,
			containing: '"done"',
			alter: json((body) => (body.status = 'completed')),
			request: /^fetch: GET \/v2\/pre-recorded\/:id$/,
			place: 'body.status',
			sandbox: /done/,
			real: /completed/,
			grade: 'breaking',
		},
		{
			name: 'a missing list of words',
			method: 'GET',
			path: /\/pre-recorded\/[\w-]+$/,
			containing: '"done"',
			alter: json((body) => body.result.transcription.utterances.forEach((part: any) => delete part.words)),
			request: /^fetch: GET \/v2\/pre-recorded\/:id$/,
			place: 'body.result.transcription.utterances[].words',
			sandbox: /^array$/,
			real: /^absent$/,
			grade: 'breaking',
		},
		{
			name: 'an event without its prefix in callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: json((body) => (body.event = 'success')),
			request: /^callback$/,
			place: 'body.event',
			sandbox: /transcription\.success/,
			real: /^success$/,
			grade: 'breaking',
		},
	],
	instantTranscriber: [
		{
			name: 'another kind of file',
			method: 'GET',
			path: /\.vtt/,
			alter: (message) => (message.body = '1\n00:00:00,000 --> 00:00:01,232\nThank you very much.\n'),
			request: /^file vtt: GET \/export\/:id\.vtt$/,
			place: 'body',
			sandbox: /^WebVTT$/,
			real: /^SubRip$/,
			grade: 'breaking',
		},
		{
			name: 'a time without its time zone',
			method: 'POST',
			path: /\/v1\/transcriptions$/,
			containing: '"created_at"',
			alter: json((body) => (body.created_at = body.created_at.replace('Z', ''))),
			request: /^submit by upload: POST \/v1\/transcriptions$/,
			place: 'body.created_at',
			sandbox: /with time zone/,
			real: /without time zone/,
			grade: 'minor',
		},
		{
			name: 'text instead of an object',
			method: 'POST',
			path: /\/v1\/transcriptions$/,
			containing: '"options"',
			alter: json((body) => (body.options = JSON.stringify(body.options))),
			request: /^submit by URL: POST \/v1\/transcriptions$/,
			place: 'body.options',
			sandbox: /^object$/,
			real: /^string$/,
			grade: 'breaking',
		},
		{
			name: 'an additional field',
			method: 'GET',
			path: /\/v1\/transcriptions\//,
			containing: '"status":"completed"',
			alter: json((body) => (body.audio_quality = 0.5)),
			request: /^fetch: GET \/v1\/transcriptions\/:id$/,
			place: 'body.audio_quality',
			sandbox: /^absent$/,
			real: /^number$/,
			grade: 'minor',
		},
	],
	revAi: [
		{
			name: 'a new name for a status',
			method: 'GET',
			path: /\/jobs\/\w+$/,
			containing: '"transcribed"',
			alter: json((body) => (body.status = 'completed')),
			request: /^fetch: GET \/speechtotext\/v1\/jobs\/:id$/,
			place: 'body.status',
			sandbox: /transcribed/,
			real: /completed/,
			grade: 'breaking',
		},
		{
			name: 'text instead of a number',
			method: 'GET',
			path: /\/jobs\/\w+$/,
			containing: '"transcribed"',
			alter: json((body) => (body.duration_seconds = String(body.duration_seconds))),
			request: /^fetch: GET \/speechtotext\/v1\/jobs\/:id$/,
			place: 'body.duration_seconds',
			sandbox: /integer|number/,
			real: /^string$/,
			grade: 'breaking',
		},
		{
			name: 'an ID as a number in callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: json((body) => (body.job.id = 4711)),
			request: /^callback$/,
			place: 'body.job.id',
			sandbox: /^string$/,
			real: /^integer$/,
			grade: 'breaking',
		},
	],
	scriptix: [
		{
			name: 'another body for an unknown ID',
			method: 'GET',
			path: /.*/,
			containing: 'not_found',
			alter: (message) => (message.body = { detail: 'gone' }),
			request: /^unknown ID: GET/,
			place: 'body.error',
			sandbox: /string/,
			real: /^absent$/,
			grade: 'breaking',
		},
		{
			name: 'a new error code',
			method: 'GET',
			path: /.*/,
			containing: '"unauthorized"',
			alter: json((body) => (body.error = 'no_such_key')),
			request: /^wrong key: GET/,
			place: 'body.error',
			sandbox: /^unauthorized$/,
			real: /^no_such_key$/,
			grade: 'breaking',
		},
		{
			name: 'an ID as text in callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: json((body) => (body.data.document_id = String(body.data.document_id))),
			request: /^callback$/,
			place: 'body.data.document_id',
			sandbox: /^integer$/,
			real: /^string$/,
			grade: 'breaking',
		},
	],
	soniox: [
		{
			name: 'null instead of a number in one word',
			method: 'GET',
			path: /\/transcript$/,
			alter: json((body) => (body.tokens[1].start_ms = null)),
			request: /^fetch: GET \/v1\/transcriptions\/:id\/transcript$/,
			place: 'body.tokens[].start_ms',
			sandbox: /^integer$/,
			real: /^null$/,
			grade: 'breaking',
		},
		{
			name: 'another status for a submit',
			method: 'POST',
			path: /\/v1\/transcriptions$/,
			containing: '"status":"queued"',
			alter: (message) => (message.status = 200),
			request: /^submit by URL: POST \/v1\/transcriptions$/,
			place: 'status',
			sandbox: /^201$/,
			real: /^200$/,
			grade: 'breaking',
		},
		{
			name: 'another error body for a wrong key',
			method: 'GET',
			path: /\/v1\/transcriptions\//,
			containing: 'unauthenticated',
			alter: (message) => (message.body = { error: { message: 'Incorrect API key' } }),
			request: /^wrong key: GET \/v1\/transcriptions\/:id$/,
			place: 'body.error_type',
			sandbox: /^string$/,
			real: /^absent$/,
			grade: 'breaking',
		},
		{
			name: 'an extra level in the list of models',
			method: 'GET',
			path: /\/v1\/models$/,
			alter: (message) => (message.body = { data: message.body }),
			request: /^models: GET \/v1\/models$/,
			place: 'body.models',
			sandbox: /^array$/,
			real: /^absent$/,
			grade: 'breaking',
		},
	],
	speechmatics: [
		{
			name: 'an ID as a number in callbacks',
			inCallback: true,
			method: 'POST',
			path: /\/webhook\//,
			alter: json((body) => (body.id = 4711)),
			request: /^callback$/,
			place: 'body.id',
			sandbox: /^string$/,
			real: /^integer$/,
			grade: 'breaking',
		},
		{
			name: 'a field that one word lacks',
			method: 'GET',
			path: /\/transcript\?format=json-v2/,
			alter: json((body) => delete body.results[1].end_time),
			request: /^fetch: GET \/v2\/jobs\/:id\/transcript$/,
			place: 'body.results[].end_time',
			sandbox: /^always present$/,
			real: /^sometimes absent$/,
			grade: 'breaking',
		},
		{
			name: 'another status for a deleted job',
			method: 'GET',
			path: /\/v2\/jobs\/\w+$/,
			containing: '"deleted"',
			alter: (message) => (message.status = 410),
			request: /^fetch deleted: GET \/v2\/jobs\/:id$/,
			place: 'status',
			sandbox: /^200$/,
			real: /^410$/,
			grade: 'breaking',
		},
		{
			name: 'a deletion without a body',
			method: 'DELETE',
			path: /\/v2\/jobs\//,
			alter: (message) => {
				message.status = 204;
				message.body = '';
			},
			request: /^delete: DELETE \/v2\/jobs\/:id$/,
			place: 'body',
			sandbox: /^JSON$/,
			real: /^empty$|^text$|damaged/,
			grade: 'breaking',
		},
	],
};

jest.setTimeout(120_000);

it('plants at least twenty differences', () => {
	expect(Object.values(DIFFERENCES).flat().length).toBeGreaterThanOrEqual(20);
	expect(Object.keys(DIFFERENCES).sort()).toEqual(PROVIDERS.map(({ name }) => name).sort());
});

const names = Object.keys(DIFFERENCES) as ProviderName[];

/** Checks all services concurrently, because most of the time is spent waiting. */
async function checkAll(planted: (name: ProviderName) => Planted): Promise<Map<string, CheckResult>> {
	return new Map(
		await Promise.all(names.map(async (name) => [name, await checkService(name, planted(name))] as const)),
	);
}

type Planted = Parameters<typeof checkService>[1];

let unchanged: Map<string, CheckResult>;
let changed: Map<string, CheckResult>;
beforeAll(async () => {
	unchanged = await checkAll(() => ({}));
	changed = await checkAll((name) => ({
		responses: DIFFERENCES[name].filter(({ inCallback }) => !inCallback),
		callbacks: DIFFERENCES[name].filter(({ inCallback }) => inCallback),
	}));
}, 120_000);

describe.each(names)('The check of %s', (name) => {
	it('reports no drift if the service behaves like the sandbox', () => {
		expect(unchanged.get(name)).toMatchObject({ drift: [], wasInterrupted: false });
	});

	it.each(DIFFERENCES[name].map((difference) => [difference.name, difference] as const))(
		'reports %s',
		(_, { request, place, sandbox, real, grade }) => {
			const drift = changed.get(name)?.drift ?? [];
			expect(drift.filter((row) => row.place === place && request.test(row.request))).toContainEqual({
				request: expect.stringMatching(request),
				place,
				sandbox: expect.stringMatching(sandbox),
				real: expect.stringMatching(real),
				grade,
			});
		},
	);
});
