import type { Recognition } from '../../audio/recognize';
import type { SpokenUtterance } from '../../audio/sample';
import type { JobParams } from './params';

interface Utterance {
	text: string;
	language: string;
	start: number;
	end: number;
	confidence: number;
	channel: number;
	speaker?: number;
	words: Array<{ word: string; start: number; end: number; confidence: number }>;
}

/** The result of an analysis (Gladia OpenAPI, AddonErrorDTO and others). */
const addon = <T>(results: T) => ({ success: true, is_empty: false, exec_time: 0.5, error: null, results });

/** Returns the result of a job (Gladia OpenAPI, TranscriptionResultDTO). */
export function resultOf(heard: Recognition, params: JobParams): object {
	const utterances = heard.utterances.map((utterance) => present(utterance, heard, params));
	const text = textOf(utterances);
	const { translation_config: translation, audio_to_llm_config: llm, subtitles_config: subtitles } = params;
	return {
		metadata: {
			audio_duration: heard.durationSeconds,
			number_of_distinct_channels: heard.channels,
			billing_time: heard.durationSeconds * heard.channels,
			transcription_time: 1.5,
		},
		transcription: {
			full_transcript: text,
			languages: utterances.length > 0 ? [languageOf(heard, params)] : [],
			utterances,
			...(params.subtitles && {
				subtitles: (subtitles?.formats ?? ['srt']).map((format) => ({
					format,
					subtitles: captions(utterances, format),
				})),
			}),
		},
		...(params.diarization && { diarization: addon(utterances) }),
		...(params.summarization && { summarization: addon(utterances[0]?.text ?? '') }),
		...(params.named_entity_recognition && { named_entity_recognition: addon(entitiesOf(heard)) }),
		...(params.sentiment_analysis && {
			sentiment_analysis: addon(
				utterances.map(({ text: said, start, end, channel, speaker }) => ({
					text: said,
					sentiment: 'neutral',
					emotion: 'neutral',
					start,
					end,
					channel,
					...(speaker !== undefined && { speaker }),
				})),
			),
		}),
		...(params.translation && {
			translation: addon(
				(translation?.target_languages ?? []).map((code) => ({
					full_transcript: `[${code}] ${text}`,
					languages: [code],
					utterances,
					error: null,
				})),
			),
		}),
		...(params.audio_to_llm && {
			audio_to_llm: addon((llm?.prompts ?? []).map((prompt) => addon({ prompt, response: `Response to: ${prompt}` }))),
		}),
	};
}

function languageOf(heard: Recognition, { language_config: config }: JobParams): string {
	const [only, ...more] = config?.languages ?? [];
	return more.length === 0 ? (only ?? heard.language) : heard.language;
}

function present(utterance: SpokenUtterance, heard: Recognition, params: JobParams): Utterance {
	const words = heard.words.slice(utterance.firstWord, utterance.lastWord + 1);
	return {
		text: utterance.text,
		language: languageOf(heard, params),
		start: utterance.start,
		end: utterance.end,
		confidence: 0.95,
		channel: utterance.channel - 1,
		...(params.diarization && { speaker: utterance.speaker - 1 }),
		// Every word except the first one starts with a space, and numerals have the confidence 0 (a recorded response).
		words: words.map(({ text, start, end }, index) => ({
			word: index === 0 ? text : ` ${text}`,
			start,
			end,
			confidence: /\d/.test(text) ? 0 : 0.95,
		})),
	};
}

const textOf = (utterances: readonly Utterance[]) => utterances.map(({ text }) => text).join(' ');

function entitiesOf({ entities, words }: Recognition): object[] {
	return entities.map(({ type, text, firstWord, lastWord }) => ({
		entity_type: type.toUpperCase(),
		text,
		start: words[firstWord]?.start,
		end: words[lastWord]?.end,
	}));
}

function captions(utterances: readonly Utterance[], format: 'srt' | 'vtt'): string {
	const cues = utterances.map(
		({ text, start, end }, index) =>
			`${format === 'srt' ? `${index + 1}\n` : ''}${clock(start, format)} --> ${clock(end, format)}\n${text}\n`,
	);
	return (format === 'vtt' ? 'WEBVTT\n\n' : '') + cues.join('\n');
}

function clock(seconds: number, format: 'srt' | 'vtt'): string {
	const time = new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
	return format === 'srt' ? time.replace('.', ',') : time;
}
