import { outputOf, type JsonObject } from '../../../tools/n8n';
import { postTo, providerOf } from '../harness';
import type { ProviderProfile } from '../profiles/profile';
import { expectClear, type RefusalName } from './refusals';
import { recordingOf, type Rehearsal } from './rehearsal';

/** Cases that every service must pass in a real n8n instance. They run in this order, on one testbed. */
const cases = {
	file: async (at) => {
		const { submitted, arrived } = await at.transcribed();
		expectTranscript(at, arrived, submitted);
	},

	URL: async (at) => {
		const submitted = await at.submitUrl();
		const [execution] = await at.arrivals(1);
		expectTranscript(
			at,
			outputOf(execution!, 'Completed').map(({ json }) => json),
			submitted,
		);
	},

	'failed job': async (at) => {
		const reason = 'The recording is damaged';
		at.testbed.sandbox.jobs.failNext(reason);
		const { id } = await at.submitFile();
		const failed =
			at.testbed.profile.failureSeenBy === 'callback' ? await announcedFailure(at) : await silentFailure(at, id);
		expect(failed).toMatchObject({ id, status: 'failed', errorMessage: expect.stringContaining(reason) });
	},

	'forged callback': async (at) => {
		const { sandbox, profile } = at.testbed;
		sandbox.jobs.hold('processing');
		const { id } = await at.submitFile();
		for (const { about, body, headers, query } of profile.forgeries(String(id))) {
			const { status } = await postTo(at.testbed, at.pipeline, body, headers, query);
			expect({ about, status }).toEqual({ about, status: 401 });
		}
		for (const forgery of profile.spoilings) sandbox.callbacks.addFault({ kind: 'forged', forgery, genuine: 'after' });
		sandbox.jobs.release();
		// An execution started by a forged callback would appear before the genuine one.
		expect(await at.arrivals(1)).toHaveLength(1);
		const answers = sandbox.callbacks.deliveries().map(({ cause, attempts }) => [cause, attempts[0]?.status]);
		expect(answers).toEqual([...profile.spoilings.map(() => ['forgery', 401]), ['job', 200]]);
	},

	'five deliveries': async (at) => {
		const { id, executions } = await at.fiveTimes();
		expect(executions.flatMap((execution) => outputOf(execution, 'Completed').map(({ json }) => json.id))).toEqual([
			id,
		]);
	},

	'clean-up': async (at) => {
		const { fetched, afterwards } = await at.deleted();
		expect(fetched).toMatchObject({ status: 'completed', text: recordingOf(at.testbed).text });
		expectClearError(at, 'Get, deleted', afterwards);
		const deletions = at.testbed.sandbox.requests.list().filter(({ method }) => method === 'DELETE');
		expect(deletions.some(({ status }) => status !== null && status < 300)).toBe(true);
	},

	'Get by ID': async (at) => {
		const { submitted } = await at.transcribed();
		expectTranscript(at, [(await at.gets()).transcript ?? {}], submitted);
	},

	'wrong key': async (at) => {
		expectClearError(at, 'Submit, wrong key', (await at.refusedSubmits()).get('Submit, wrong key'));
		expectClearError(at, 'Get, wrong key', (await at.gets()).said.get('Get, wrong key'));
	},
	'no credit': async (at) => await expectSubmitRefused(at, 'Submit, no credit'),
	'unknown ID': async (at) => await expectGetRefused(at, 'Get, unknown ID'),
	'HTTP 402': async (at) => await expectSubmitRefused(at, 'Submit, 402'),
	'HTTP 403': async (at) => {
		await expectSubmitRefused(at, 'Submit, 403');
		await expectGetRefused(at, 'Get, 403');
	},
	'HTTP 409': async (at) => {
		await expectSubmitRefused(at, 'Submit, 409');
		await expectGetRefused(at, 'Get, 409');
	},
	'HTTP 413': async (at) => await expectSubmitRefused(at, 'Submit, 413'),
	'HTTP 422': async (at) => await expectSubmitRefused(at, 'Submit, 422'),
	'HTTP 429': async (at) => {
		await expectSubmitRefused(at, 'Submit, 429');
		await expectGetRefused(at, 'Get, 429');
	},
	'HTTP 5xx': async (at) => {
		await expectSubmitRefused(at, 'Submit, 500');
		await expectGetRefused(at, 'Get, 503');
	},
} satisfies Record<string, (at: Rehearsal) => Promise<void>>;

export type CaseName = keyof typeof cases;

export const CASE_NAMES = Object.keys(cases) as CaseName[];

export async function runCase(name: CaseName, at: Rehearsal): Promise<void> {
	await at.clear();
	await cases[name](at);
}

/** Returns the reason a case doesn't apply to this profile; undefined if it must pass. */
export function reasonAgainst(name: CaseName, profile: ProviderProfile): string | undefined {
	if (name === 'clean-up' && !providerOf(profile).deletion) return 'the service offers no way to delete';
	return profile.notApplicable?.[name];
}

function expectTranscript({ testbed }: Rehearsal, items: JsonObject[], submitted: JsonObject): void {
	const { provider } = testbed.profile;
	const { text } = recordingOf(testbed);
	expect(submitted).toMatchObject({ provider, id: expect.any(String) });
	expect(items).toEqual([expect.objectContaining({ provider, id: submitted.id, status: 'completed', text })]);
}

async function announcedFailure(at: Rehearsal): Promise<JsonObject | undefined> {
	const [execution] = await at.arrivals(1);
	expect(execution?.status).toBe('success');
	expect(outputOf(execution!, 'Completed')).toEqual([]);
	return outputOf(execution!, 'Failed')[0]?.json;
}

async function silentFailure(at: Rehearsal, id: unknown): Promise<JsonObject | undefined> {
	await at.testbed.sandbox.settled();
	expect(await at.arrivals(0)).toEqual([]);
	return await at.get(id);
}

async function expectSubmitRefused(at: Rehearsal, name: RefusalName): Promise<void> {
	expectClearError(at, name, (await at.refusedSubmits()).get(name));
}

async function expectGetRefused(at: Rehearsal, name: RefusalName): Promise<void> {
	expectClearError(at, name, (await at.gets()).said.get(name));
}

function expectClearError({ testbed }: Rehearsal, name: RefusalName, error: Parameters<typeof expectClear>[0]): void {
	expectClear(error, name, testbed.profile, providerOf(testbed.profile).displayName);
}
