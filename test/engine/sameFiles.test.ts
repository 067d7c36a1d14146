import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_FORMATS } from '../../nodes/Transcription/transcript/files';
import { PROVIDERS } from '../../nodes/Transcription/providers';
import { readableLabel } from '../../nodes/Transcription/transcript/speakers';
import { type ProviderName, type Sample, type Sandbox, startSandbox } from '../../sandbox';
import { samplesFolder } from '../../tools/demo/recording';
import { PROFILES } from '../e2e/profiles';
import type { ProviderProfile } from '../e2e/profiles/profile';
import type { Statistics } from '../../nodes/Transcription/transcript/statistics';
import { API_KEY, exportTranscript, get, inMemory, type Setup, submit, textOfFile } from './harness';

/** Tests that a recording results in the same files with every service. */

jest.setTimeout(60_000);

/** Profiles without setup at the service, because these tests don't use callbacks. */
const WAYS = PROFILES.filter(({ setUp }) => setUp === undefined);
/**
 * All text formats except JSON, which contains all details of a service, and SVG, whose scale depends on the duration,
 * which some services round to seconds.
 */
const FORMATS = FILE_FORMATS.map(({ format }) => format).filter((format) => !['docx', 'json', 'svg'].includes(format));
/** Samples with several speakers. */
const SAMPLES = readdirSync(samplesFolder)
	.filter((name) => name.endsWith('.json'))
	.map((name) => JSON.parse(readFileSync(join(samplesFolder, name), 'utf8')) as Sample)
	.filter(({ words }) => new Set(words.map(({ speaker }) => speaker)).size > 1);

/** The parts of a file that must be identical, and its times in seconds, which may differ by a few hundredths. */
interface Compared {
	text: string;
	times: number[];
}

let sandbox: Sandbox;

beforeAll(async () => {
	const names = PROVIDERS.map(({ name }) => name as ProviderName);
	sandbox = await startSandbox({
		port: 0,
		jobSeconds: 0,
		accounts: Object.fromEntries(names.map((name) => [name, [{ name: 'main', apiKey: API_KEY, balance: 'ok' }]])),
	});
});
afterAll(async () => await sandbox.close());

/** What this package makes of a service's transcript. */
interface Result {
	files: Record<string, Compared>;
	statistics: Statistics;
}

async function resultFrom({ file }: Sample, { provider, credential, options }: ProviderProfile): Promise<Result> {
	const setup: Setup = { baseUrl: sandbox.baseUrl(provider as ProviderName), credential };
	const submitted = await submit(
		{ provider, callback: 'none', options: { diarize: true, ...options } as never },
		[
			inMemory(readFileSync(join(samplesFolder, file)), {
				mimeType: file.endsWith('.mp3') ? 'audio/mpeg' : 'audio/wav',
				fileName: file,
			}),
		],
		setup,
	);
	if (submitted.error) throw submitted.error;
	await sandbox.settled();
	const transcriptId = String(submitted.json[0]?.id);
	const fetched = await get({ provider, transcriptId, options: { files: FORMATS } }, [{ json: {} }], setup);
	if (fetched.error) throw fetched.error;
	const speakers = fetched.json[0]?.speakers as string[];
	const files = FORMATS.map(
		async (format) => [format, compared(format, await textOfFile(fetched, format), speakers)] as const,
	);
	const analyzed = await exportTranscript(
		{ provider, from: 'id', transcriptId, exportAs: 'statistics' },
		[{ json: {} }],
		setup,
	);
	if (analyzed.error) throw analyzed.error;
	return {
		files: Object.fromEntries(await Promise.all(files)),
		statistics: analyzed.json[0] as unknown as Statistics,
	};
}

/**
 * Removes the parts that may differ: the services' speaker names, their numbers for a single channel, and in HTML the
 * metadata of the recording.
 */
function compared(format: string, file: string, speakers: readonly string[]): Compared {
	const times: number[] = [];
	const time = (seconds: string) => {
		times.push(Number(seconds));
		return '#';
	};
	const clock = (text: string) =>
		time(
			String(
				text
					.replace(',', '.')
					.split(':')
					.reduce((sum, part) => sum * 60 + Number(part), 0),
			),
		);
	const person = (label: string) => {
		const index = speakers.map(readableLabel).indexOf(readableLabel(label.replaceAll('\\', '')));
		return index < 0 ? label : `Speaker ${index + 1}`;
	};
	const neutral: Record<string, () => string> = {
		csv: () =>
			file.replace(
				/^(\d+),([\d.]+),([\d.]+),([^,]*),[^,]*/gm,
				(_, index: string, start: string, end: string, who: string) =>
					`${index},${time(start)},${time(end)},${person(who)}`,
			),
		html: () =>
			file
				.slice(file.indexOf('<section'))
				.replace(/ id="t=[^"]*"/g, '')
				.replace(/<a href="#t=([\d.]+)"><time[^>]*>[^<]*<\/time><\/a>/g, (_, seconds: string) => time(seconds))
				.replace(/<bdi>([^<]*)/g, (_, who: string) => person(who)),
		md: () => file.replace(/^\*\*(.*?):/gm, (_, who: string) => person(who)),
		srt: () => file.replace(/\d+:\d\d:\d\d,\d{3}/g, clock),
		txt: () => file.replace(/^([^:\n]*):/gm, (_, who: string) => person(who)),
		vtt: () =>
			file.replace(/(?:\d+:)?\d\d:\d\d\.\d{3}/g, clock).replace(/<v ([^>]*)/g, (_, who: string) => person(who)),
	};
	return { text: neutral[format]!(), times };
}

/**
 * Returns what another service's statistics must match. The services' names for speakers and channels may differ, and so may
 * everything that depends on the duration, which some services round to seconds. Times may differ by a few hundredths.
 */
function comparable({ words, questions, overlaps, speakers = [] }: Statistics): object {
	const close = (value = NaN, digits = 1) => expect.closeTo(value, digits) as number;
	return {
		words,
		questions,
		overlaps,
		speakers: speakers.map(({ speaker: _, channel: __, ...figures }) => ({
			...figures,
			talkSeconds: close(figures.talkSeconds),
			talkShare: close(figures.talkShare, 2),
			wordsPerMinute: close(figures.wordsPerMinute, 0),
			longestMonologueSeconds: close(figures.longestMonologueSeconds),
			longestMonologueStart: close(figures.longestMonologueStart),
		})),
	};
}

const [first, ...others] = WAYS as [ProviderProfile, ...ProviderProfile[]];

it('compares all services', () => {
	expect(new Set(WAYS.map(({ provider }) => provider))).toEqual(new Set(PROVIDERS.map(({ name }) => name)));
});

describe.each(SAMPLES.map((sample) => [sample.title, sample] as const))('%s:', (_title, sample) => {
	const arrived = new Map<ProviderProfile, Result>();
	beforeAll(async () => {
		for (const profile of WAYS) arrived.set(profile, await resultFrom(sample, profile));
	});

	it.each(FORMATS)('%s contains the text and the speakers', (format) => {
		const { text, times } = arrived.get(first)!.files[format]!;
		const flat = text.replaceAll('\n', ' ').replace(/<[^>]*>/g, '');
		for (const word of sample.words) expect(flat).toContain(word.text);
		const isTimed = format !== 'md' && format !== 'txt';
		expect(times.length).toBeGreaterThanOrEqual(isTimed ? sample.utterances.length : 0);
		expect(times.at(-1) ?? sample.durationSeconds).toBeGreaterThan(sample.durationSeconds / 2);
		if (format !== 'srt') expect([...new Set(text.match(/Speaker \d+/g))]).toEqual(['Speaker 1', 'Speaker 2']);
	});

	it('the statistics are those of the sample', () => {
		const { words, speakers = [] } = arrived.get(first)!.statistics;
		expect(words).toBe(sample.words.length);
		const wordsOf = (speaker: number | undefined) => sample.words.filter((word) => word.speaker === speaker).length;
		const inOrder = [...new Set(sample.words.map(({ speaker }) => speaker))];
		expect(speakers.map((speaker) => speaker.words)).toEqual(inOrder.map(wordsOf));
		for (const { talkSeconds } of speakers) expect(talkSeconds).toBeLessThan(sample.durationSeconds);
	});

	it.each(others.map((profile) => [profile.name, profile] as const))(
		`%s results in the same statistics as ${first.name}`,
		(_, profile) => {
			const [ours, theirs] = [first, profile].map((way) => arrived.get(way)!.statistics) as [Statistics, Statistics];
			expect(theirs).toMatchObject(comparable(ours));
		},
	);

	describe.each(others.map((profile) => [profile.name, profile] as const))(
		`%s creates the same files as ${first.name}`,
		(_, profile) => {
			it.each(FORMATS)('%s', (format) => {
				const [ours, theirs] = [first, profile].map((way) => arrived.get(way)!.files[format]!) as [Compared, Compared];
				expect(theirs.text).toBe(ours.text);
				expect(theirs.times).toHaveLength(ours.times.length);
				for (const [index, time] of ours.times.entries())
					expect(Math.abs(time - theirs.times[index]!)).toBeLessThanOrEqual(0.05 + 1e-9);
			});
		},
	);
});
