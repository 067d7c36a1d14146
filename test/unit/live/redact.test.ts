import { Redactor } from '../../../tools/live/redact';
import type { Run } from '../../../tools/live/run';

const ID = 'fd7b46d5-e2aa-4bd2-9f65-3f4f55c3c074';

const run = {
	baseUrl: 'https://api.real.com',
	exchanges: [
		{
			step: 'submit by upload',
			method: 'POST',
			url: 'https://api.real.com/v2/jobs',
			isSigned: false,
			status: 200,
			headers: {},
			body: Buffer.from(JSON.stringify({ id: ID, project_id: 4711234, short_id: 'jbb6gqdjs2' })),
		},
	],
	delivery: undefined,
	outcomes: new Map(),
	sentIds: ['a1b2c3d4e5'],
	secrets: ['the key of the account', 'derived-secret'],
	leftovers: [],
	wasInterrupted: false,
} satisfies Run;

const redactor = new Redactor(
	run,
	{
		callbacks: { base: 'https://my-tunnel.example.org/webhook', next: async () => undefined },
		sampleUrl: 'https://files.mine.net/thank-you.wav',
		workflowId: 'Live0123456789ab',
	},
	'Thank you very much.',
);

const redacted = (value: unknown) => redactor.json(value, false);

it('replaces IDs with stable ones of the same form, also inside of other texts', () => {
	expect(redacted({ id: ID, also: `job ${ID}`, project_id: 4711234, short: 'jbb6gqdjs2' })).toEqual({
		id: '00000000-0000-4000-8000-000000000001',
		also: expect.stringContaining('00000000-0000-4000-8000-000000000001'),
		project_id: 9000002,
		short: 'id00000003',
	});
});

it('removes secrets', () => {
	const text = JSON.stringify(redacted({ echo: 'X: the key of the account', header: ['derived-secret'] }));
	expect(text).not.toMatch(/key of the account|derived/);
});

it.each([
	[
		`https://api.real.com/v2/jobs/${ID}?token=abc`,
		'https://service.example/v2/jobs/00000000-0000-4000-8000-000000000001?token=x',
	],
	['https://api.real.com/export/fd7b46d5.srt', 'https://service.example/export/00000000.srt'],
	['https://my-tunnel.example.org/webhook/a/b?token=abc', 'https://callback.example/webhook/a/b?token=x'],
	['https://files.mine.net/thank-you.wav', 'https://sample.example/thank-you.wav'],
	['https://bucket.storage.net/a/Zm9vYmFyMTIzNDU2Nzg5/x?sig=abc&se=1', 'https://elsewhere.example/a/x/x?sig=x&se=x'],
	['https://docs.real.com/errors#not-found', 'https://docs.real.com/errors#not-found'],
])('replaces hosts, IDs and tokens in %s', (url, expected) => {
	expect(redacted({ url })).toEqual({ url: expected });
});

it('only keeps the words of the sample', () => {
	expect(redacted({ text: 'Thank you, Mrs. Robinson!' })).toEqual({ text: 'Thank you, text. text!' });
});

it('keeps dates, enums, numbers and error messages', () => {
	const body = { status: 'queued', created_at: '2026-11-29T18:43:15.855Z', confidence: 0.5, done: false, error: null };
	expect(redacted(body)).toEqual(body);
	expect(redactor.json({ message: 'Job not found for ada@example.org' }, true)).toEqual({
		message: 'Job not found for user@example.com',
	});
});

it('removes the names of people and accounts', () => {
	expect(redacted({ created_by: 'ada', workspace: { team_name: 'Analytical Engines' } })).toEqual({
		created_by: 'redacted',
		workspace: { team_name: 'redacted' },
	});
});
