import type { DeliveryRecord, Job } from '../../../sandbox';
import type { Attempt, Row } from '../../../tools/faults/crm';
import { SERVICES } from '../../../tools/faults/services';
import { tallyProblems, sumOf, tallyOf } from '../../../tools/faults/tally';
import type { Observations } from '../../../tools/faults/observations';

const serviceOf = (name: string) => SERVICES.find((service) => service.name === name)!;
const [assemblyAi, elevenLabs] = [serviceOf('AssemblyAI'), serviceOf('ElevenLabs')];

const job = (id: string, provider = 'assemblyAi') =>
	({ id, provider, status: 'completed', finishedAt: new Date(1_000) }) as Job;
const delivery = (jobId: string, recording: string, more: Partial<DeliveryRecord> = {}) =>
	({
		jobId,
		cause: 'job',
		url: `http://n8n/webhook/w/assemblyAi?recording=${recording}`,
		attempts: [],
		...more,
	}) as unknown as DeliveryRecord;
const row = (id: string, recording: string, more: Partial<Row> = {}): [string, Row] => {
	const eventId = `assemblyAi:${id}:completed`;
	return [eventId, { eventId, recording, text: 'Words.', via: 'callback', at: 3_000, ...more }];
};
const attempt = (id: string, outcome: Attempt['outcome']): Attempt => ({
	eventId: `assemblyAi:${id}:completed`,
	via: 'callback',
	at: 0,
	outcome,
});

/** Two recordings whose transcripts arrived. */
const allArrived: Observations = {
	jobs: [job('1'), job('2')],
	deliveries: [delivery('1', 'r1'), delivery('2', 'r2')],
	requests: [],
	rows: new Map([row('1', 'r1'), row('2', 'r2', { via: 'recovery', at: 9_000 })]),
	attempts: [attempt('1', 'stored'), attempt('2', 'stored')],
	recordings: ['r1', 'r2'].map((id) => ({ id, service: 'AssemblyAI', state: 'accepted' as const })),
	forgedPosts: [{ service: 'AssemblyAI', about: 'no secret', status: 401 }],
	downloads: new Map(),
	keptIds: new Set(),
	loggedIds: new Set(),
};
const problems = (changes: Partial<Observations>, service = assemblyAi) =>
	tallyProblems(sumOf([tallyOf(service, { ...allArrived, ...changes })])).join();

it('reports no problem if every transcript arrived once', () => {
	expect(problems({})).toBe('');
	expect(tallyOf(assemblyAi, allArrived)).toMatchObject({
		jobs: 2,
		arrived: 2,
		byRecovery: 1,
		forged: 1,
		median: 8,
		last: 8,
	});
});

it.each<[string, Partial<Observations>, RegExp]>([
	['a transcript is missing', { rows: new Map([row('1', 'r1')]) }, /1 transcripts are missing/],
	[
		'a recording became two jobs',
		{ deliveries: [delivery('1', 'r1'), delivery('2', 'r1')] },
		/1 submits were repeated/,
	],
	[
		'a transcript was delivered again',
		{ attempts: [...allArrived.attempts, attempt('1', 'refused')] },
		/1 transcripts were delivered to the CRM again/,
	],
	[
		'a recording is in the CRM twice',
		{ rows: new Map([row('1', 'r1'), row('2', 'r1')]) },
		/1 recordings are in the CRM twice/,
	],
	[
		'a transcript has another recording’s name',
		{ rows: new Map([row('1', 'r1'), row('2', 'r3')]) },
		/1 transcripts have no text or the wrong metadata/,
	],
	[
		'a transcript has no text',
		{ rows: new Map([row('1', 'r1'), row('2', 'r2', { text: '' })]) },
		/1 transcripts have no text/,
	],
	[
		'a forged request was accepted',
		{ forgedPosts: [{ service: 'AssemblyAI', about: '', status: 200 }] },
		/1 forged callbacks were accepted/,
	],
	[
		'the CRM has a transcript that no service created',
		{ rows: new Map([...allArrived.rows, row('7', 'r1')]) },
		/1 forged callbacks were accepted/,
	],
	['nothing happened', { jobs: [], deliveries: [], rows: new Map() }, /no job was submitted/],
])('reports a problem if %s', (_, changes, problem) => {
	expect(problems(changes)).toMatch(problem);
});

it("doesn't count a request as a repeat if the first one was killed before it was stored", () => {
	expect(problems({ attempts: [attempt('1', 'cutOff'), ...allArrived.attempts] })).toBe('');
});

it('counts a recording whose callback is still waiting for an earlier one that is retried', () => {
	expect(problems({ deliveries: [delivery('1', 'r1')], downloads: new Map([['r2', 1]]) })).toBe('');
});

it("counts job IDs that are only in n8n's log, and those that are lost", () => {
	const changes: Partial<Observations> = {
		jobs: ['1', '2', '3'].map((id) => job(id, 'elevenLabs')),
		deliveries: [],
		rows: new Map(),
		recordings: allArrived.recordings.map((recording) => ({ ...recording, service: 'ElevenLabs' })),
		downloads: new Map(['r1', 'r2', 'r3'].map((id) => [id, 1])),
		keptIds: new Set(['1']),
		loggedIds: new Set(['2']),
	};
	expect(tallyOf(elevenLabs, { ...allArrived, ...changes })).toMatchObject({ missing: 1, onlyLogged: 1, idsLost: 1 });
});
