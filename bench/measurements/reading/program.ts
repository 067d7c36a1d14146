import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProviderApi } from '../../../nodes/Transcription/http/api';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { toItemJson } from '../../../nodes/Transcription/shared/jobOutput';
import { CASES, type Case } from './answers';

/** What the process prints: milliseconds of processor time, one value a run. */
export interface Times {
	parse: number[];
	read: number[];
}

const WARM_UP_WORDS = 500;
const WARM_UP_MS = 800;

/** One case in this process: what parsing its answers takes, and what reading the parsed ones takes until an item is made. */
async function measure(name: string, words: number, runs: number): Promise<Times> {
	const found = CASES.find((one) => one.name === name);
	if (!found) throw new Error(`There is no case “${name}”`);
	const small = textsOf(found, WARM_UP_WORDS);
	for (const begun = performance.now(); performance.now() - begun < WARM_UP_MS; ) await read(found, parsed(small));
	const texts = textsOf(found, words);
	const times: Times = { parse: [], read: [] };
	for (let run = 0; run < runs; run++) {
		collect();
		let begun = process.cpuUsage();
		const answers = parsed(texts);
		times.parse.push(since(begun));
		collect();
		begun = process.cpuUsage();
		await read(found, answers);
		times.read.push(since(begun));
	}
	return times;
}

/** Each side pays for its own garbage only. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const textsOf = ({ answers }: Case, words: number) => answers(words).map((answer) => JSON.stringify(answer));
const parsed = (texts: readonly string[]): unknown[] => texts.map((text) => JSON.parse(text) as unknown);

function since(begun: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(begun);
	return (user + system) / 1000;
}

/** From the parsed answers to the item of the default output. */
async function read({ provider, settings }: Case, answers: readonly unknown[]): Promise<object> {
	let next = 0;
	const connection = toConnection({ ...settings, apiKey: 'a-key-of-some-length', region: provider.regions[0]?.value }, provider.regions);
	const api: ProviderApi = {
		baseUrl: connection.baseUrl,
		settings,
		request: () => Promise.resolve({ status: 200, body: answers[next++], headers: {} }),
	};
	return toItemJson(await provider.fetchJob(api, 'job'), 'simplified', { provider, connection, api });
}

const [, , name = '', words, runs] = process.argv;
void measure(name, Number(words), Number(runs)).then((times) => console.log(JSON.stringify(times)));
