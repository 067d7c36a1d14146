import { PROVIDERS } from '../../nodes/Transcription/providers';
import { MINUTES, useTestbeds } from './harness';
import { CASE_NAMES, type CaseName, reasonAgainst, runCase } from './matrix/cases';
import { Rehearsal } from './matrix/rehearsal';
import { type Cell, table } from './matrix/table';
import { PROFILES } from './profiles';
import type { ProviderProfile } from './profiles/profile';

const results = new Map<ProviderProfile, Map<CaseName, Promise<void>>>();

// Must run before the testbeds close: every case starts up front, so cases excluded by a test name filter may still be
// running.
afterAll(printTable, 5 * MINUTES);

/** The profiles run concurrently, because they mostly wait. The cases of one profile run in sequence. */
const testbedOf = useTestbeds(PROFILES);

beforeAll(() => {
	for (const profile of PROFILES) results.set(profile, rehearse(profile));
});

function rehearse(profile: ProviderProfile): Map<CaseName, Promise<void>> {
	const opened = Rehearsal.open(testbedOf(profile));
	const outcomes = new Map<CaseName, Promise<void>>();
	let before: Promise<unknown> = opened;
	for (const name of applicable(profile)) {
		const outcome = before.catch(() => undefined).then(async () => await runCase(name, await opened));
		// The case's own test awaits the outcome later.
		before = outcome.catch(() => undefined);
		outcomes.set(name, outcome);
	}
	return outcomes;
}

const applicable = (profile: ProviderProfile) =>
	CASE_NAMES.filter((name) => reasonAgainst(name, profile) === undefined);

it('covers every service in the dropdown', () => {
	const taking = new Set(PROFILES.map(({ provider }) => provider));
	expect(PROVIDERS.map(({ name }) => name).filter((name) => !taking.has(name))).toEqual([]);
});

describe.each(PROFILES.map((profile) => [profile.name, profile] as const))('%s', (_, profile) => {
	it.each(applicable(profile))('%s', async (name) => await results.get(profile)?.get(name), 3 * MINUTES);
});

async function printTable(): Promise<void> {
	const cellOf = async (profile: ProviderProfile, name: CaseName): Promise<Cell> => {
		const reason = reasonAgainst(name, profile);
		if (reason !== undefined) return { notApplicable: reason };
		return await (results.get(profile)?.get(name) ?? Promise.reject()).then(
			() => 'ok' as const,
			() => 'FAILED' as const,
		);
	};
	const rows = await Promise.all(
		CASE_NAMES.map(async (name) => ({
			name,
			cells: await Promise.all(PROFILES.map(async (profile) => await cellOf(profile, name))),
		})),
	);
	const title = `\nAll services on n8n ${process.env.N8N_VERSION ?? '2.41'}`;
	process.stdout.write(
		`${table(
			title,
			PROFILES.map(({ name }) => name),
			rows,
		)}\n`,
	);
}
