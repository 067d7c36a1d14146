import { driftBetween } from '../../../tools/live/drift';
import type { Run } from '../../../tools/live/run';

/** A run with one response to the request for a job. */
function runWith(body: object, { id = 'RzujUKjXAUZHNPZgmUke', result = 'ok', headers = {}, status = 200 } = {}): Run {
	const json = { 'content-type': 'application/json', ...headers };
	const url = `https://api.example/v1/jobs/${id}`;
	const content = Buffer.from(JSON.stringify({ job_id: id, ...body }));
	return {
		baseUrl: 'https://api.example',
		exchanges: [{ step: 'fetch', method: 'GET', url, isSigned: false, status, headers: json, body: content }],
		delivery: undefined,
		outcomes: new Map([['fetch', { result, fields: [] }]]),
		sentIds: [],
		secrets: [],
		leftovers: [],
		wasInterrupted: false,
	};
}

const drift = (sandbox: Run, real: Run) =>
	driftBetween(sandbox, real, ['status']).map((row) => `${row.place}: ${row.sandbox} → ${row.real} (${row.grade})`);

it('ignores IDs in paths and messages, also without digits', () => {
	const withId = (id: string) => runWith({}, { id, result: `No job “${id}”` });
	expect(drift(withId('RzujUKjXAUZHNPZgmUke'), withId('b7ZZqUKjXAUZHNPZ4mUk'))).toEqual([]);
});

it('ignores contents and the order of fields', () => {
	expect(drift(runWith({ text: 'Thank you', n: 1.5 }), runWith({ n: 2, text: 'Thanks' }))).toEqual([]);
});

it.each([
	['a field without value', { a: null }, {}, 'body.a: null → absent (minor)'],
	['a field', { a: 1 }, {}, 'body.a: integer → absent (breaking)'],
])('grades a response that lacks %s', (_, sandbox, real, expected) => {
	expect(drift(runWith(sandbox), runWith(real))).toEqual([expected]);
});

it.each([
	['null instead of a value', { a: 1 }, { a: null }, 'body.a: integer → null (breaking)'],
	['a value instead of null', { a: null }, { a: 1 }, 'body.a: null → integer (minor)'],
	['a fraction', { a: 1 }, { a: 1.5 }, 'body.a: integer → number (minor)'],
	['a new value of an enum', { status: 'done' }, { status: 'ended' }, 'body.status: done → ended (breaking)'],
	['a list without items', { a: [1] }, { a: [] }, 'body.a[]: items → no items (minor)'],
	['another format', { a: '2026-11-29' }, { a: '29.11.2026' }, 'body.a: date → text (minor)'],
])('reports %s', (_, sandbox, real, expected) => {
	expect(drift(runWith(sandbox), runWith(real))).toEqual([expected]);
});

it('reports headers and the file type', () => {
	expect(drift(runWith({}), runWith({}, { headers: { 'retry-after': '3' } }))).toEqual([
		'header retry-after: absent → present (minor)',
	]);
	expect(drift(runWith({}), runWith({}, { headers: { 'content-type': 'text/html' } }))).toEqual([
		'header content-type: application/json → text/html (breaking)',
	]);
});

it('ignores a response that the client retried', () => {
	const real = runWith({});
	const busy = { ...real.exchanges[0]!, status: 429, body: Buffer.from('') };
	expect(drift(runWith({}), { ...real, exchanges: [busy, ...real.exchanges] })).toEqual([]);
});
