import fc from 'fast-check';
import { textWithSpeakersOf } from '../../../nodes/Transcription/transcript/textWithSpeakers';
import { readTranscript as readExported } from '../../../nodes/Transcription/operations/export/readTranscript';
import * as assemblyAi from '../../../nodes/Transcription/providers/assemblyAi/transcript';
import * as elevenLabs from '../../../nodes/Transcription/providers/elevenLabs/transcript';
import * as gladia from '../../../nodes/Transcription/providers/gladia/transcript';
import * as instantTranscriber from '../../../nodes/Transcription/providers/instantTranscriber/transcript';
import { jobSchema as revAiJobSchema } from '../../../nodes/Transcription/providers/revAi/jobDetails';
import * as revAi from '../../../nodes/Transcription/providers/revAi/transcript';
import * as scriptix from '../../../nodes/Transcription/providers/scriptix/transcript';
import * as soniox from '../../../nodes/Transcription/providers/soniox/transcript';
import * as speechmatics from '../../../nodes/Transcription/providers/speechmatics/transcript';
import { jobResponseSchema } from '../../../nodes/Transcription/providers/speechmatics/transcript/jobDetails';
import { makeFile } from '../../../nodes/Transcription/transcript/files';
import type { Transcript } from '../../../nodes/Transcription/transcript/model';
import { readSrt } from './files/readers';

/**
 * Whatever times a service returns, the words, the utterances, and each file must contain every word exactly once, with
 * each voice's words in order. Words have unique numbers, so that they can be found anywhere.
 */

/** A time in seconds, as a service may return it. */
type Time = number | null | undefined;

interface Said {
	text: string;
	start: Time;
	end: Time;
	speaker: string;
	channel: string;
}

type Oddity =
	| 'none'
	| 'missing'
	| 'no start'
	| 'no end'
	| 'null'
	| 'equal'
	| 'negative'
	| 'earlier'
	| 'slightly earlier'
	| 'huge'
	| 'stretched'
	| 'backwards'
	| 'not a number';

const ODDITIES: Oddity[] = [
	'missing',
	'no start',
	'no end',
	'null',
	'equal',
	'negative',
	'earlier',
	'slightly earlier',
	'huge',
	'stretched',
	'backwards',
	'not a number',
];

function times(oddity: Oddity, now: number, amount: number): [Time, Time] {
	const end = now + 0.35;
	switch (oddity) {
		case 'none':
			return [now, end];
		case 'missing':
			return [undefined, undefined];
		case 'no start':
			return [undefined, end];
		case 'no end':
			return [now, undefined];
		case 'null':
			return [null, null];
		case 'equal':
			return [Math.floor(now), Math.floor(now)];
		case 'negative':
			return [-amount, -amount / 2];
		case 'earlier':
			return [now / 2, now / 2 + 0.3];
		case 'slightly earlier':
			return [Math.max(0, now - 0.41), end];
		case 'huge':
			return [amount * 1e7, amount * 1e11];
		case 'stretched':
			return [now - amount, now + amount];
		case 'backwards':
			return [end, now];
		case 'not a number':
			return [NaN, Infinity];
	}
}

/** Forms of a word with a unique number (`#`), some with punctuation or in a script without spaces. */
const FORMS = [
	'qx#z',
	'qx#z',
	'qx#z',
	'Qx#z.',
	'qx#z,',
	'qx#z?',
	'ーqx#z',
	'コーヒqx#zー',
	'月qx#z',
	'qx#z。',
	'“qx#z”',
	'qx#z/',
];

const anySpeech: fc.Arbitrary<Said[]> = fc
	.tuple(
		fc.array(
			fc.record({
				form: fc.constantFrom(...FORMS),
				oddity: fc.oneof(
					{ weight: 3, arbitrary: fc.constant<Oddity>('none') },
					{ weight: 2, arbitrary: fc.constantFrom(...ODDITIES) },
				),
				amount: fc.double({ min: 0, max: 70, noNaN: true }),
				pause: fc.oneof(
					{ weight: 5, arbitrary: fc.constant(0) },
					{ weight: 1, arbitrary: fc.double({ min: 0, max: 9, noNaN: true }) },
				),
				voice: fc.integer({ min: 0, max: 9 }),
			}),
			{ minLength: 1, maxLength: 50 },
		),
		fc.boolean(),
	)
	.map(([list, isByChannel]) => {
		let now = 0;
		let voice = 0;
		return list.map(({ form, oddity, amount, pause, voice: next }, index): Said => {
			now += 0.4 + pause;
			if (next < 2) voice = next;
			const [start, end] = times(oddity, now, amount);
			return {
				text: form.replace('#', String(index)),
				start,
				end,
				speaker: 'AB'[voice] ?? 'A',
				channel: isByChannel ? String(voice) : '0',
			};
		});
	});

const inMs = (time: Time) => (typeof time === 'number' ? time * 1000 : time);

/** Groups consecutive words spoken by the same voice. */
function turnsOf(said: readonly Said[]): Said[][] {
	const turns: Said[][] = [];
	for (const word of said) {
		const last = turns.at(-1);
		if (last?.[0]?.speaker === word.speaker && last.length < 7) last.push(word);
		else turns.push([word]);
	}
	return turns;
}

const textOf = (said: readonly Said[]) => said.map(({ text }) => text).join(' ');
const segmentOf = (turn: readonly Said[]) => ({
	start: turn[0]?.start,
	end: turn.at(-1)?.end,
	speaker: turn[0]?.speaker,
	channel: turn[0]?.channel,
});

/** Converts each service's response for the same speech into a transcript. */
const PROVIDERS: Record<string, (said: Said[]) => Transcript> = {
	assemblyAi(said) {
		const toWord = ({ text, start, end, speaker, channel }: Said) => ({
			text,
			start: inMs(start),
			end: inMs(end),
			speaker,
			channel,
			confidence: 0.9,
		});
		const response = {
			id: 'job-1',
			status: 'completed',
			text: textOf(said),
			words: said.map(toWord),
			utterances: turnsOf(said).map((turn) => ({
				...segmentOf(turn),
				start: inMs(turn[0]?.start),
				end: inMs(turn.at(-1)?.end),
				text: textOf(turn),
			})),
		};
		return assemblyAi.toTranscript(assemblyAi.transcriptSchema.parse(response), response);
	},
	elevenLabs(said) {
		const words = said.flatMap(({ text, start, end, speaker, channel }) => {
			const shared = { speaker_id: speaker, channel_index: Number(channel) };
			return [
				{ text, start, end, type: 'word', ...shared },
				{ text: ' ', start: end, end: start, type: 'spacing', ...shared },
			];
		});
		// If no word had a time, timestamps would be considered turned off.
		if (words[0]) words[0].start = 0;
		const response = { text: textOf(said), words };
		return elevenLabs.toTranscript('elevenLabs', 'job-1', elevenLabs.transcriptSchema.parse(response), response);
	},
	gladia(said) {
		const utterances = turnsOf(said).map((turn) => ({
			...segmentOf(turn),
			text: textOf(turn),
			words: turn.map(({ text, start, end }, index) => ({
				word: index === 0 ? text : ` ${text}`,
				start,
				end,
				confidence: 0.9,
			})),
		}));
		const response = {
			id: 'job-1',
			status: 'done',
			result: { transcription: { full_transcript: textOf(said), languages: ['en'], utterances } },
		};
		return gladia.toTranscript(gladia.jobSchema.parse(response), response);
	},
	instantTranscriber(said) {
		const segments = turnsOf(said).map((turn) => ({
			...segmentOf(turn),
			words: turn.map(({ text, start, end, channel }) => ({ word: text, start, end, channel })),
		}));
		const parsed = instantTranscriber.readTranscript('instantTranscriber', 'job-1', {
			id: 'job-1',
			status: 'completed',
			segments,
		});
		return parsed?.transcript as Transcript;
	},
	revAi(said) {
		const monologues = turnsOf(said).map((turn) => ({
			speaker: turn[0]?.speaker,
			elements: turn.flatMap(({ text, start, end }, index) => {
				const [, before = '', value = '', mark = ''] = /^([“]?)(.*?)([.,?。”/]?)$/u.exec(text) ?? [];
				return [
					// Spaces and punctuation may be one element or two.
					...(index > 0 ? [{ type: 'punct', value: ' ' }] : []),
					...(before === '' ? [] : [{ type: 'punct', value: before }]),
					{ type: 'text', value, ts: start, end_ts: end, confidence: 0.9 },
					...(mark === '' ? [] : [{ type: 'punct', value: index % 2 ? `${mark} ` : mark }]),
				];
			}),
		}));
		const job = revAiJobSchema.parse({ id: 'job-1', status: 'transcribed' });
		return revAi.toTranscript(job, { response: revAi.transcriptSchema.parse({ monologues }) }, {});
	},
	scriptix(said) {
		const results = turnsOf(said).map((turn) => ({
			speaker: turn[0]?.speaker,
			channel: turn[0]?.channel,
			result: turn.map(({ text, start, end }) => [text, start, end, 0.9]),
		}));
		const response = { result: { status: 'done', results } };
		return scriptix.toTranscript(
			'job-1',
			'completed',
			scriptix.jobSchema.parse({}),
			scriptix.contentOf(response),
			response,
		);
	},
	soniox(said) {
		const tokens = said.flatMap(({ text, start, end, speaker }, index) => {
			const middle = text.indexOf('x') + 1;
			const other = index % 3 === 0 ? 'C' : speaker;
			// The labels change in the middle of the word.
			return [
				{ text: ` ${text.slice(0, middle)}`, start_ms: inMs(start), speaker, language: 'en' },
				{ text: text.slice(middle), end_ms: inMs(end), speaker: other, language: index % 2 ? 'de' : 'en' },
			];
		});
		const content = soniox.transcriptSchema.parse({ tokens });
		const state = soniox.stateSchema.parse({ id: 'job-1', status: 'completed' });
		return soniox.toTranscript('soniox', state, content, {});
	},
	speechmatics(said) {
		const results = said.flatMap(({ text, start, end, speaker, channel }) => {
			const [, before = '', content = '', mark = ''] = /^([“]?)(.*?)([.,?。”/]?)$/u.exec(text) ?? [];
			const item = (type: string, part: string, attaches_to?: string) => ({
				type,
				start_time: start,
				end_time: end,
				channel,
				attaches_to,
				alternatives: [{ content: part, speaker }],
			});
			return [
				...(before === '' ? [] : [item('punctuation', before, 'next')]),
				item('word', content),
				...(mark === '' ? [] : [item('punctuation', mark, mark === '/' ? 'both' : 'previous')]),
			];
		});
		const { job } = jobResponseSchema.parse({
			job: { id: 'job-1', status: 'done', created_at: '2026-01-01T00:00:00Z' },
		});
		return speechmatics.toTranscript('speechmatics', job, speechmatics.transcriptSchema.parse({ results }), {});
	},
};

/** Returns the numbers of the words in a text, which may have line breaks within words. */
const numbersIn = (text: string) =>
	[...text.replace(/\s/g, '').matchAll(/qx(\d+)z/gi)].map(([, number]) => Number(number));

const sorted = (text: string) => [...text.replace(/\s/g, '')].sort().join('');

describe.each(Object.entries(PROVIDERS))('any answer of %s', (_provider, toTranscript) => {
	const check = (assertion: (transcript: Transcript, said: Said[]) => void) =>
		fc.assert(
			fc.property(anySpeech, (said) => assertion(toTranscript(said), said)),
			{ numRuns: 150 },
		);

	/** Expects each word exactly once, and each voice's words in order. */
	const expectAll = (found: readonly number[], said: readonly Said[]) => {
		expect(found).toHaveLength(said.length);
		for (const voice of ['A', 'B']) {
			const isVoice = (number: number) => said[number]?.speaker === voice;
			expect(found.filter(isVoice)).toEqual([...said.keys()].filter(isVoice));
		}
	};

	it('has every word in its words, with its speaker', () => {
		check(({ words = [] }, said) => {
			expectAll(numbersIn(words.map(({ text }) => text).join('')), said);
			expect(sorted(words.map(({ text }) => text).join(''))).toBe(sorted(textOf(said)));
			for (const { text, speaker } of words)
				for (const number of numbersIn(text)) expect(speaker).toBe(said[number]?.speaker);
		});
	});

	it('has every word in its text and utterances', () => {
		check(({ text = '', utterances = [] }, said) => {
			expectAll(numbersIn(text), said);
			expectAll(numbersIn(utterances.map((utterance) => utterance.text).join('')), said);
			expect(sorted(utterances.map((utterance) => utterance.text).join(''))).toBe(sorted(textOf(said)));
			for (const utterance of utterances)
				for (const number of numbersIn(utterance.text)) expect(utterance.speaker).toBe(said[number]?.speaker);
		});
	});

	it('has every word once in its text with speakers, with the name of its speaker', () => {
		check((transcript, said) => {
			const lines = (textWithSpeakersOf(transcript) ?? transcript.text ?? '').split('\n');
			expectAll(lines.flatMap(numbersIn), said);
			for (const line of lines)
				for (const number of numbersIn(line)) {
					const { speaker } = said[number] ?? {};
					if (transcript.speakers && speaker !== undefined) expect(line).toMatch(new RegExp(`^${speaker}: `));
				}
		});
	});

	it.each(['txt', 'srt', 'vtt', 'csv', 'html', 'md'])('has every word in %s files', (format) => {
		check((transcript, said) => expectAll(numbersIn(makeFile(format, transcript)), said));
	});

	it('has times that never decrease, and none below 0', () => {
		check(({ words = [], utterances = [] }) => {
			for (const parts of [words, utterances]) {
				let last = 0;
				for (const { start, end } of parts) {
					expect(start).toBeGreaterThanOrEqual(last);
					expect(end).toBeGreaterThanOrEqual(start);
					expect(end).toBeLessThan(1e9);
					last = start;
				}
			}
		});
	});

	it('has cues in order that don’t overlap and can be seen', () => {
		check((transcript) => {
			let last = 0;
			for (const { startMs, endMs } of readSrt(makeFile('srt', transcript))) {
				expect(startMs).toBeGreaterThanOrEqual(last);
				expect(endMs - startMs).toBeGreaterThanOrEqual(40);
				last = endMs;
			}
		});
	});

	it('has no warning about missing text, since nothing is missing', () => {
		check(({ warnings = [] }) => expect(warnings.filter((warning) => warning.includes('lack'))).toEqual([]));
	});

	it('is accepted by Export, as an item and as a JSON file', () => {
		check((transcript) => {
			const { raw: _, ...item } = transcript;
			const read = readExported(JSON.parse(JSON.stringify(item)), 'Item 0');
			expect(read.words).toEqual(JSON.parse(JSON.stringify(item.words)));
			expect(readExported(JSON.parse(makeFile('json', transcript)), 'The file')).toEqual(read);
			expect(makeFile('srt', read)).toBe(makeFile('srt', transcript));
		});
	});
});
