import { PROVIDERS } from '../../../nodes/Transcription/providers';
import type { Provider } from '../../../nodes/Transcription/providers/provider';

/** A service's responses for one completed job. */
export interface Case {
	name: string;
	provider: Provider;
	/** The provider's own credential fields. */
	settings: Record<string, string>;
	/** The responses in the order in which they are requested. */
	responses(words: number): object[];
}

const SENTENCES = [
	'Good morning, and thank you for taking the time.',
	'We looked at all of the offers that came in last month, and the second one is the best.',
	'Why?',
	'It covers forty hours of recordings, interviews and support calls alike, for a fair price.',
	'That sounds reasonable to me.',
].flatMap((sentence) => sentence.split(' '));

const WORDS_PER_TURN = 40;

/** Times in milliseconds. */
interface Said {
	text: string;
	start: number;
	end: number;
	/** The speaker's index: 0 or 1. */
	speaker: number;
}

/** A conversation between two people who take turns, at 150 words per minute. */
const conversation = (count: number): Said[] =>
	Array.from({ length: count }, (_, index) => ({
		text: SENTENCES[index % SENTENCES.length] ?? '',
		start: index * 400,
		end: index * 400 + 350,
		speaker: Math.floor(index / WORDS_PER_TURN) % 2,
	}));

function turnsOf(words: readonly Said[]): Said[][] {
	return Array.from({ length: Math.ceil(words.length / WORDS_PER_TURN) }, (_, turn) =>
		words.slice(turn * WORDS_PER_TURN, (turn + 1) * WORDS_PER_TURN),
	);
}

const textOf = (words: readonly Said[]) => words.map(({ text }) => text).join(' ');
const seconds = (ms: number) => ms / 1000;
const durationOf = (words: readonly Said[]) => words.at(-1)?.end ?? 0;

/** A word and the punctuation after it. */
const partsOf = (text: string) =>
	/^(.*?)([.,!?]*)$/
		.exec(text)
		?.slice(1)
		.filter((part) => part !== '') ?? [];

function assemblyAi(count: number): object[] {
	const words = conversation(count);
	const toWord = ({ text, start, end, speaker }: Said) => ({
		text,
		start,
		end,
		confidence: 0.98123,
		speaker: 'AB'[speaker],
	});
	const utterances = turnsOf(words).map((turn) => ({
		speaker: 'AB'[turn[0]?.speaker ?? 0],
		text: textOf(turn),
		confidence: 0.97,
		start: turn[0]?.start,
		end: turn.at(-1)?.end,
		words: turn.map(toWord),
	}));
	return [
		{
			id: 'job',
			status: 'completed',
			text: textOf(words),
			audio_duration: durationOf(words) / 1000,
			words: words.map(toWord),
			utterances,
		},
	];
}

function elevenLabs(count: number): object[] {
	const words = conversation(count).flatMap(({ text, start, end, speaker }) => {
		const shared = { speaker_id: `speaker_${speaker}`, characters: null, channel_index: null };
		return [
			{ text, start: seconds(start), end: seconds(end), type: 'word', logprob: -0.0123, ...shared },
			{ text: ' ', start: seconds(end), end: seconds(end + 50), type: 'spacing', logprob: 0, ...shared },
		];
	});
	return [
		{
			language_code: 'eng',
			language_probability: 0.98,
			text: words.map(({ text }) => text).join(''),
			words,
			transcription_id: 'job',
			entities: null,
		},
	];
}

function gladia(count: number): object[] {
	const words = conversation(count);
	const utterances = turnsOf(words).map((turn) => ({
		text: textOf(turn),
		language: 'en',
		start: seconds(turn[0]?.start ?? 0),
		end: seconds(turn.at(-1)?.end ?? 0),
		confidence: 0.95,
		channel: 0,
		speaker: turn[0]?.speaker,
		words: turn.map(({ text, start, end }, index) => ({
			word: index === 0 ? text : ` ${text}`,
			start: seconds(start),
			end: seconds(end),
			confidence: 0.95,
		})),
	}));
	const transcription = { full_transcript: textOf(words), languages: ['en'], utterances };
	// With diarization, the utterances are repeated.
	const diarization = { success: true, is_empty: false, error: null, results: utterances };
	return [{ id: 'job', status: 'done', kind: 'pre-recorded', result: { transcription, diarization } }];
}

function instantTranscriber(count: number): object[] {
	const words = conversation(count);
	const segments = turnsOf(words).map((turn) => ({
		start: seconds(turn[0]?.start ?? 0),
		end: seconds(turn.at(-1)?.end ?? 0),
		speaker: `Speaker ${turn[0]?.speaker}`,
		text: textOf(turn),
		words: turn.map(({ text, start, end }) => ({
			word: text,
			start: seconds(start),
			end: seconds(end),
			confidence: 0.95,
		})),
	}));
	return [{ id: 'job', status: 'completed', text: textOf(words), segments }];
}

function revAi(count: number): object[] {
	const monologues = turnsOf(conversation(count)).map((turn) => ({
		speaker: turn[0]?.speaker,
		elements: turn.flatMap(({ text, start, end }, index) => [
			...(index > 0 ? [{ type: 'punct', value: ' ' }] : []),
			...partsOf(text).map((value, place) =>
				place > 0
					? { type: 'punct', value }
					: { type: 'text', value, ts: seconds(start), end_ts: seconds(end), confidence: 0.95 },
			),
		]),
	}));
	return [{ id: 'job', status: 'transcribed', language: 'en' }, { monologues }];
}

function scriptixSessions(count: number): object[] {
	const results = turnsOf(conversation(count)).map((turn) => ({
		result: turn.map(({ text, start, end }) => [text, seconds(start), seconds(end), 0.97]),
		speaker: `S${turn[0]?.speaker}`,
		text: textOf(turn),
		sconf: 0.97,
		channel: 0,
	}));
	return [
		{ id: 'job', status: 'done', language: 'en' },
		{ count: 1, total_results: 1, result: { session_id: 'job', results } },
	];
}

function scriptixUpload(count: number): object[] {
	const all = conversation(count);
	const segments = turnsOf(all).map((turn) => {
		const speaker = `Speaker ${turn[0]?.speaker}`;
		const toWord = ({ text, start, end }: Said) => ({
			word: text,
			start: seconds(start),
			end: seconds(end),
			confidence: 0.97,
			speaker,
		});
		return {
			text: textOf(turn),
			start: seconds(turn[0]?.start ?? 0),
			end: seconds(turn.at(-1)?.end ?? 0),
			speaker,
			words: turn.map(toWord),
		};
	});
	return [
		{ id: 'job', status: 'completed', document_id: 456 },
		{ id: 'job', document_id: 456, status: 'completed', transcript: textOf(all), segments },
	];
}

/** @param withSpaces whether tokens that begin a word start with a space, as in scripts with spaces */
function soniox(count: number, withSpaces: boolean): object[] {
	const tokens = conversation(count).flatMap(({ text, start, speaker }, index) =>
		partsOf(text).map((part, place) => ({
			text: withSpaces && place === 0 && index > 0 ? ` ${part}` : part,
			start_ms: start + place * 300,
			end_ms: start + place * 300 + 50,
			confidence: 0.987,
			speaker: String(withSpaces ? speaker : 0),
			language: 'en',
		})),
	);
	return [
		{ id: 'job', status: 'completed', model: 'stt' },
		{ id: 'job', text: tokens.map(({ text }) => text).join(''), tokens },
	];
}

function speechmatics(count: number): object[] {
	const results = conversation(count).flatMap(({ text, start, end, speaker }) =>
		partsOf(text).map((content, place) => ({
			alternatives: [{ confidence: 0.95, content, language: 'en', speaker: `S${speaker}` }],
			...(place > 0 && { attaches_to: 'previous', is_eos: false }),
			start_time: seconds(place > 0 ? end : start),
			end_time: seconds(end),
			type: place > 0 ? 'punctuation' : 'word',
		})),
	);
	return [
		{ job: { id: 'job', status: 'done', duration: 7 } },
		{ format: '2.9', job: { id: 'job' }, metadata: { transcription_config: { language: 'en' } }, results },
	];
}

const RESPONSES: Record<string, Array<Pick<Case, 'responses'> & Partial<Pick<Case, 'name' | 'settings'>>>> = {
	assemblyAi: [{ responses: assemblyAi }],
	elevenLabs: [{ responses: elevenLabs }],
	gladia: [{ responses: gladia }],
	instantTranscriber: [{ responses: instantTranscriber }],
	revAi: [{ responses: revAi }],
	scriptix: [
		{ name: 'Scriptix, sessions', responses: scriptixSessions, settings: { apiGeneration: 'sessions' } },
		{ name: 'Scriptix, batch upload', responses: scriptixUpload, settings: { apiGeneration: 'stt' } },
	],
	soniox: [
		{ responses: (count) => soniox(count, true) },
		{ name: 'Soniox, tokens without spaces', responses: (count) => soniox(count, false) },
	],
	speechmatics: [{ responses: speechmatics }],
};

/** The cases of all providers, with one case per response format. */
export const CASES: readonly Case[] = PROVIDERS.flatMap((provider) =>
	(RESPONSES[provider.name] ?? []).map((given) => ({ name: provider.displayName, settings: {}, ...given, provider })),
);
