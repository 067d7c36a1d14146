import { CASES, type Case } from './longResponses';
import { atLevel } from '../../../nodes/Transcription/transcript/output';
import type { ProviderApi } from '../../../nodes/Transcription/http/api';
import { redactSecrets } from '../../../nodes/Transcription/core/redact';

/** A word count that exceeds the maximum number of function arguments and would take quadratic algorithms hours. */
const MANY = 300_000;

async function transcriptOf({ provider, settings, responses }: Case, words: number) {
	const bodies = responses(words);
	const api: ProviderApi = {
		baseUrl: 'https://api.example.com',
		settings,
		request: () => Promise.resolve({ status: 200, body: bodies.shift(), headers: {} }),
	};
	return (await provider.fetchJob(api, 'job')).transcript;
}

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_name, one) => {
	it('keeps every word of a long transcript', async () => {
		const transcript = await transcriptOf(one, MANY);
		const { words = [], text = '', utterances = [], raw } = atLevel(transcript, 'words').words ? transcript : {};
		const spoken = words.filter(({ kind }) => kind === 'word');
		expect(
			spoken
				.map((word) => word.text)
				.join('')
				.replaceAll(' ', ''),
		).toBe(text.replaceAll(/\s/g, ''));
		expect(
			utterances
				.map((utterance) => utterance.text)
				.join('')
				.replaceAll(' ', ''),
		).toBe(text.replaceAll(/\s/g, ''));
		expect(redactSecrets(raw, ['a-secret'])).toBe(raw);
	});
});

it('handles a translation with a different language for each token', async () => {
	const soniox = CASES.find(({ provider }) => provider.name === 'soniox') as Case;
	const tokens = Array.from({ length: MANY }, (_, index) => ({
		text: ` w${index}`,
		language: `l${index}`,
		translation_status: 'translation',
	}));
	const responses = () => [{ id: 'job', status: 'completed' }, { tokens }];
	const { translations = {} } = await transcriptOf({ ...soniox, responses }, MANY);
	expect(Object.keys(translations)).toHaveLength(MANY);
});

it('handles a text that a translation interrupts after every word', async () => {
	const soniox = CASES.find(({ provider }) => provider.name === 'soniox') as Case;
	const piece = (index: number) =>
		index % 2 === 0
			? { text: `w${index}`, start_ms: index, end_ms: index }
			: { text: ' x', language: 'de', translation_status: 'translation' };
	const responses = () => [
		{ id: 'job', status: 'completed' },
		{ tokens: Array.from({ length: MANY }, (_, index) => piece(index)) },
	];
	const { text } = await transcriptOf({ ...soniox, responses }, MANY);
	expect(text?.split(' ')).toHaveLength(MANY / 2);
});
