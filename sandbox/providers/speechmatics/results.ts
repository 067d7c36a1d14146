import type { Recognition } from '../../audio/recognize';
import type { JobConfig } from './config';

/** An item of a transcript (Speechmatics OpenAPI 2.0.0, RecognitionResult). Times are in seconds. */
interface Result {
	type: 'word' | 'punctuation';
	start_time: number;
	end_time: number;
	channel?: string;
	attaches_to?: 'previous';
	is_eos?: boolean;
	alternatives: [{ content: string; confidence: number; language: string; speaker: string }];
}

/** Returns the transcript's words and punctuation, labeled as requested. */
export function resultsOf(heard: Recognition, { transcription_config: config }: JobConfig): Result[] {
	const language = config.language === 'auto' || config.language === 'multi' ? heard.language : config.language;
	const permitted = config.punctuation_overrides?.permitted_marks ?? ['all'];
	return heard.words.flatMap(({ text, start, end, speaker, channel }) => {
		const [, content = '', marks = ''] = /^(.*?)([.,!?;:]*)$/.exec(text) ?? [];
		const labels = {
			...(config.diarization === 'channel' && {
				channel: config.channel_diarization_labels?.[channel - 1] ?? `channel_${channel}`,
			}),
		};
		const said = (words: string) =>
			[
				{
					content: words,
					// Melia 1 doesn't return an actual confidence (speechmatics-academy, `use-cases/09…`).
					confidence: config.model === 'melia-1' ? 1 : 0.95,
					language,
					speaker: config.diarization === 'speaker' ? `S${speaker}` : 'UU',
				},
			] as Result['alternatives'];
		const punctuation = [...marks]
			.filter((mark) => permitted.includes('all') || permitted.includes(mark))
			.map((mark): Result => ({
				type: 'punctuation',
				start_time: end,
				end_time: end,
				...labels,
				attaches_to: 'previous',
				is_eos: /[.!?]/.test(mark),
				alternatives: said(mark),
			}));
		return [
			{ type: 'word', start_time: start, end_time: end, ...labels, alternatives: said(content) } as Result,
			...punctuation,
		];
	});
}

/** Consecutive results of one speaker or channel. Without labels, there is a single turn. */
interface Turn {
	who: string;
	results: Result[];
}

function turnsOf(results: Result[]): Turn[] {
	const turns: Turn[] = [];
	for (const result of results) {
		const who = result.channel ?? result.alternatives[0].speaker;
		const turn = turns.at(-1);
		if (turn?.who === who) turn.results.push(result);
		else turns.push({ who, results: [result] });
	}
	return turns;
}

const textOf = (results: Result[]) =>
	results
		.map(({ type, alternatives }, index) => (type === 'word' && index > 0 ? ' ' : '') + alternatives[0].content)
		.join('');

/** Returns the transcript as text (Speechmatics OpenAPI 2.0.0, GET transcript, text/plain). */
export function txt(results: Result[]): string {
	return turnsOf(results)
		.map(({ who, results: said }) => `${who === 'UU' ? '' : `SPEAKER: ${who}\n`}${textOf(said)}\n`)
		.join('');
}

/** Returns the transcript as SRT, with one cue per sentence and speaker. */
export function srt(results: Result[]): string {
	return turnsOf(results)
		.flatMap(({ results: said }) => sentences(said))
		.map(
			(said, index) =>
				`${index + 1}\n${time(said[0]!.start_time)} --> ${time(said.at(-1)!.end_time)}\n${textOf(said)}\n`,
		)
		.join('\n');
}

function sentences(results: Result[]): Result[][] {
	const found: Result[][] = [];
	let isOver = true;
	for (const result of results) {
		if (isOver) found.push([]);
		found.at(-1)!.push(result);
		isOver = result.is_eos === true;
	}
	return found;
}

function time(seconds: number): string {
	return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace('.', ',');
}
