import { startSandbox } from '../../../sandbox';
import type { Bench, Measurement, Section } from '../../bench';
import type { Service } from '../callbacks/receivers';
import { sectionOf, type SideResult } from './results';
import { openTarget, type Side, type Target, type Try } from './tries';

const COUNT = { full: 1_000, quick: 50 };
const TRIES = { full: 10, quick: 1 };
const SETTINGS_TRIES = { full: 3, quick: 1 };

/** Both are measured with n8n's default settings. */
const SIDES: readonly Side[] = [
	{ title: 'Transcription Trigger', receiver: 'ours' },
	{ title: 'n8n’s Webhook node', receiver: 'builtIn' },
];

/** Settings that change how many expression engines n8n starts. */
const SETTINGS: readonly Side[] = [
	{
		title: 'Transcription Trigger, `N8N_EXPRESSION_ENGINE=legacy`',
		receiver: 'ours',
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
];

export const bursts: Measurement = {
	name: 'bursts',
	title: 'A thousand callbacks at the same moment',
	async measure(bench: Bench): Promise<Section> {
		const choose = ({ full, quick }: typeof COUNT) => (bench.quick ? quick : full);
		const count = choose(COUNT);
		const defaults = await measureSides(bench, SIDES, count, choose(TRIES));
		const settings = await measureSides(bench, SETTINGS, count, choose(SETTINGS_TRIES));
		return sectionOf(defaults, settings, count);
	},
};

/** Sends the bursts of all sides in turns. */
export async function measureSides(
	bench: Bench,
	sides: readonly Side[],
	count: number,
	tries: number,
): Promise<SideResult[]> {
	const sandbox = await startSandbox({ port: 0, jobSeconds: 0 });
	sandbox.callbacks.addFault({ kind: 'lost', probability: 1 });
	const account = sandbox.accounts('assemblyAi')[0];
	if (!account) throw new Error('The sandbox has no account');
	const service: Service = { baseUrl: sandbox.baseUrl('assemblyAi'), account };
	const targets: Target[] = [];
	try {
		for (const side of sides) targets.push(await openTarget(bench, { sandbox, service }, side, count));
		const results = sides.map((side) => ({ side, tries: [] as Try[] }));
		for (let round = 0; round < tries; round++) {
			for (const [index, target] of targets.entries()) {
				const result = await target.try();
				results[index]?.tries.push(result);
				bench.say(`${sides[index]?.title}, try ${round + 1}: ${descriptionOf(result)}`);
			}
		}
		return results;
	} finally {
		for (const target of targets) await target.close();
		await sandbox.close();
	}
}

function descriptionOf({ ended, responses, peaks, log }: Try): string {
	const memory = `${(peaks.resident / 1e9).toFixed(1)} GB`;
	return `${ended === undefined ? 'survived' : `ended (${ended})`}, ${memory}, ${JSON.stringify(responses.counts)}${log === undefined ? '' : `\n${log}`}`;
}
