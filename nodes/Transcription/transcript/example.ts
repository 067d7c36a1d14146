import { joinWords } from './join';
import { eventIdOf, makeWord, type Transcript, type Utterance, type Word } from './model';
import { speakersOf } from './speakers';
import { utterancesOf } from './utterances';

/**
 * The transcript that the trigger offers in the editor while the account has none, so that its fields can be mapped. No
 * service knows it.
 */

/** The example's job ID and correlation ID. */
export const EXAMPLE_ID = 'example';

/** The metadata that the example was “submitted” with. */
export const EXAMPLE_METADATA: Readonly<Record<string, string>> = { exampleKey: 'example value' };

const TURNS = [
	['A', 'Thanks for calling. How can I help you?'],
	['B', 'Hi, this is Maria Lopez. I would like to upgrade to the annual plan.'],
	['A', 'Great. I will send you the contract by Friday.'],
] as const;

const WORD_SECONDS = 0.3;
const PAUSE_SECONDS = 0.1;
const CREATED_AT = '2026-01-05T09:00:00.000Z';
const COMPLETED_AT = '2026-01-05T09:00:20.000Z';

/** Returns the example with every field that it has at any output level. Which ones a real transcript has depends on the service. */
export function exampleTranscript(provider: string): Transcript {
	const words = exampleWords();
	const utterances = utterancesOf(words) ?? [];
	const durationSeconds = words.at(-1)?.end ?? 0;
	const [greeting, request, answer] = utterances as [Utterance, Utterance, Utterance];
	return {
		isExample: true,
		status: 'completed',
		text: joinWords(words),
		summary: 'Maria Lopez asks to upgrade to the annual plan and is promised a contract by Friday.',
		chapters: [
			{
				title: 'Upgrade',
				summary: 'The customer upgrades to the annual plan.',
				start: greeting.start,
				end: answer.end,
			},
		],
		actionItems: [{ text: 'Send the contract by Friday', quote: answer.text, start: answer.start, end: answer.end }],
		speakers: speakersOf(words) ?? [],
		language: 'en',
		confidence: 0.95,
		durationSeconds,
		model: 'example',
		provider,
		id: EXAMPLE_ID,
		eventId: eventIdOf(provider, EXAMPLE_ID, 'completed'),
		createdAt: CREATED_AT,
		completedAt: COMPLETED_AT,
		utterances,
		entities: [{ type: 'person_name', text: 'Maria Lopez', start: request.start, end: request.end }],
		sentiments: [{ ...request, sentiment: 'positive', confidence: 0.9 }],
		topics: [
			{ text: request.text, start: request.start, end: request.end, topics: [{ name: 'Sales', relevance: 0.9 }] },
		],
		words,
		raw: { example: 'The provider’s original response' },
	};
}

function exampleWords(): Word[] {
	const words = TURNS.flatMap(([speaker, text]) => text.split(' ').map((word) => ({ speaker, text: word })));
	return words.map(({ speaker, text }, index) => {
		const start = Math.round(index * (WORD_SECONDS + PAUSE_SECONDS) * 100) / 100;
		const end = Math.round((start + WORD_SECONDS) * 100) / 100;
		return makeWord({ text, start, end, confidence: 0.95, speaker, kind: 'word' });
	});
}
