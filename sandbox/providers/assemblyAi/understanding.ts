import type { Params } from './params';
import type { Word } from './result';
import { sentences } from './sections';

/** The number of words in a headline. */
const HEADLINE_WORDS = 4;

/**
 * Creates placeholder results for Summarization and Action Items from the transcript's sentences. Times are in
 * milliseconds (AssemblyAI docs, Summarization, Action items). For the type `bullets`, the service returns a list of
 * `bullets` per topic instead of a `text`. It also returns a `block_summary` of the whole recording. Neither is
 * documented.
 */
export function understanding(words: Word[], params: Params): Record<string, unknown> | null {
	const { summarization, action_items: actionItems } = params.speech_understanding?.request ?? {};
	if (!summarization && !actionItems) return null;
	return {
		...(summarization && { summarization: summary(words, summarization) }),
		...(actionItems && { action_items: items(words, actionItems) }),
	};
}

type Requests = NonNullable<NonNullable<Params['speech_understanding']>['request']>;

function summary(
	words: Word[],
	{ summary_type: type, effort = 'low' }: NonNullable<Requests['summarization']>,
): Record<string, unknown> {
	const texts = sentences(words).map(({ text }) => text);
	const [first] = words;
	const about = type === 'bullets' ? { bullets: texts } : { text: texts.join(' ') };
	const headline = words
		.slice(0, HEADLINE_WORDS)
		.map(({ text }) => text)
		.join(' ')
		.replace(/[.,!?;:]+$/, '');
	return {
		status: 'success',
		summary_type: type,
		effort,
		summary: first ? [{ start: first.start, end: words[words.length - 1]!.end, ...about, headline }] : [],
		block_summary: texts[0] ?? '',
	};
}

/** Returns the last sentence, and also the first one if decisions are included. */
function items(
	words: Word[],
	{ include_decisions: decisions = false, effort = 'low' }: NonNullable<Requests['action_items']>,
): Record<string, unknown> {
	const all = sentences(words);
	const found = [...(decisions ? all.slice(0, 1) : []), ...all.slice(-1)];
	return {
		status: 'success',
		effort,
		items: found.map(({ text, start }) => ({ action_item: `Follow up: ${text}`, quote: text, timestamp: start })),
	};
}
