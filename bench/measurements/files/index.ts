import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NodeCue, stringifySync } from 'subtitle';
import { FILE_FORMATS, makeFile } from '../../../nodes/Transcription/transcript/files';
import type { Transcript, Word } from '../../../nodes/Transcription/transcript/model';

/** `npm run bench`: what it costs to make each file of 1,000, 10,000 and 100,000 words. Writes RESULTS.md. */

const SIZES = [1_000, 10_000, 100_000];
const LIBRARY = { srt: 'SRT', vtt: 'WebVTT' } as const;
type LibraryFormat = keyof typeof LIBRARY;

interface Cost {
	ms: number;
	megabytes: number;
}

const SENTENCES = [
	'Good morning, and thank you for taking the time.',
	'We looked at all of the offers that came in last month, and the second one is the best.',
	'Why?',
	'It covers forty hours of recordings, interviews and support calls alike, for a fair price.',
	'That sounds reasonable to me.',
].flatMap((sentence) => sentence.split(' '));

/** Two people in turns of about forty words, 150 words a minute: 100,000 words are 11 hours. */
function conversation(count: number): Transcript {
	const words = Array.from({ length: count }, (_, index): Word => ({
		text: SENTENCES[index % SENTENCES.length] ?? '',
		start: Math.round(index * 400) / 1000,
		end: Math.round(index * 400 + 350) / 1000,
		confidence: 0.98,
		speaker: Math.floor(index / 40) % 2 === 0 ? 'A' : 'B',
		kind: 'word',
	}));
	return { status: 'completed', provider: 'bench', id: 'bench', eventId: 'bench', language: 'en', words };
}

/** What one writes with a library for subtitles, which leaves cutting to others: a cue every ten words. */
function byLibrary({ words = [] }: Transcript, format: LibraryFormat): string {
	const cues: NodeCue[] = [];
	for (let from = 0; from < words.length; from += 10) {
		const part = words.slice(from, from + 10);
		const text = part.map((word) => word.text).join(' ');
		cues.push({ type: 'cue', data: { start: (part[0]?.start ?? 0) * 1000, end: (part.at(-1)?.end ?? 0) * 1000, text } });
	}
	return stringifySync(cues, { format: LIBRARY[format] });
}

const megabytes = () => process.resourceUsage().maxRSS / 1024;

/** In a process of its own, so that memory is this job's alone. */
function measure(job: string, count: number): Cost {
	const [by, format = ''] = job.split(':');
	const make = (transcript: Transcript) => (by === 'library' ? byLibrary(transcript, format as LibraryFormat) : makeFile(format, transcript));
	const transcript = conversation(count);
	// Compiled as in a process that has run for a while.
	const small = conversation(500);
	for (let run = 0; run < 20; run++) make(small);
	const before = megabytes();
	const times: number[] = [];
	let after = before;
	for (let run = 0; run < 9; run++) {
		// Of the processor, not of the clock: other programs are of no account.
		const start = process.cpuUsage();
		make(transcript);
		const { user, system } = process.cpuUsage(start);
		times.push((user + system) / 1000);
		if (run === 0) after = megabytes();
	}
	return { ms: Math.min(...times), megabytes: after - before };
}

function inOwnProcess(job: string, count: number): Cost {
	const output = execFileSync(process.execPath, [...process.execArgv, __filename, job, String(count)], { encoding: 'utf8' });
	return JSON.parse(output) as Cost;
}

function main(): void {
	const jobs = [
		...FILE_FORMATS.map(({ name, format }) => ({ name, job: `ours:${format}` })),
		...(Object.keys(LIBRARY) as LibraryFormat[]).map((format) => ({ name: `${format.toUpperCase()} by npm \`subtitle\``, job: `library:${format}` })),
	];
	const header = ['', ...SIZES.map((size) => `${size.toLocaleString('en')} words`), 'slope', 'memory at 100,000'];
	const rows = jobs.map(({ name, job }) => {
		const costs = SIZES.map((size) => inOwnProcess(job, size));
		const [, middle, last] = costs;
		const slope = Math.log10((last?.ms ?? 0) / (middle?.ms ?? 1));
		return [name, ...costs.map(({ ms }) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`), slope.toFixed(2), `${Math.max(0, last?.megabytes ?? 0).toFixed(0)} MB`];
	});
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const table = [line(header), line(header.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
	console.log(table);
	writeFileSync(join(__dirname, 'RESULTS.md'), `${INTRODUCTION}\n${table}\n`);
}

const INTRODUCTION = `# What files cost

Made by \`npm run bench\` on Node ${process.versions.node}, ${process.arch}. Processor time, the best of nine runs in a process of
its own; memory is by how much its peak grows with the first of them. 100,000 words are about 11 hours of speech. The slope tells how time grows
from 10,000 to 100,000 words: 1 is linear, 2 is quadratic.

The rows below ours do the same job with the stringifier of the npm package \`subtitle\`, which writes cues but leaves
cutting them to its users: here a cue every ten words, whatever is said. The time of ours is spent on finding where cues
and lines end.
`;

const [, , job, count] = process.argv;
if (job === undefined) main();
else console.log(JSON.stringify(measure(job, Number(count))));
