import { paragraphsIn, sentencesIn, spokenIn, utterancesIn } from '../../../../nodes/Transcription/transcript/segments';
import { aTranscript, said, sampleTranscript, wordsOf } from '../transcripts';

const sentences = (text: string, language?: string) =>
	sentencesIn(spokenIn({ ...said(text), ...(language && { language }) })).map((sentence) => sentence.text);

describe('sentences end', () => {
	it('at full stops, question and exclamation marks', () => {
		expect(sentences('Sure. Which one? This! Good.')).toEqual(['Sure.', 'Which one?', 'This!', 'Good.']);
	});
	it('behind closing quotes', () => expect(sentences('He said “no.” Then he left.')).toEqual(['He said “no.”', 'Then he left.']));
	it('not behind a title', () => expect(sentences('I met Dr. Smith today.')).toHaveLength(1));
	it('not behind an initial', () => expect(sentences('I met J. Smith today.')).toHaveLength(1));
	it('not where the next word is written small', () => expect(sentences('Version 2. beta, e.g. this one.')).toHaveLength(1));
	it('not behind an ordinal number in German', () => expect(sentences('Am 3. Oktober ist frei.', 'de')).toHaveLength(1));
	it('behind a number in English', () => expect(sentences('We need 3. Send them.', 'en')).toHaveLength(2));
	it('at the marks of other scripts', () => {
		expect(sentences('今日は。元気ですか？はい', 'ja')).toEqual(['今日は。', '元気ですか？', 'はい']);
		expect(sentences('नमस्ते। कैसे हैं', 'hi')).toHaveLength(2);
		expect(sentences('كيف حالك؟ بخير', 'ar')).toHaveLength(2);
	});
	it('at pauses where nothing marks them', () => {
		const words = [...wordsOf('so we begin', { speaker: 'A' }), ...wordsOf('and go on', { from: 3, speaker: 'A' })];
		expect(sentencesIn(spokenIn(aTranscript({ words }))).map(({ text }) => text)).toEqual(['so we begin', 'and go on']);
	});
	it('where the speaker changes', () => {
		const words = [...wordsOf('So I', { speaker: 'A' }), ...wordsOf('wait', { from: 1, speaker: 'B' })];
		expect(sentencesIn(spokenIn(aTranscript({ words })))).toEqual([
			{ text: 'So I', start: 0, end: 0.75, speaker: 'A' },
			{ text: 'wait', start: 1, end: 1.35, speaker: 'B' },
		]);
	});
	it('where people would say so, in a call', () => {
		expect(sentencesIn(spokenIn(sampleTranscript('sales-call'))).map(({ text }) => text).slice(0, 4)).toEqual([
			'Good morning, Northwind sales, Daniel speaking.',
			'How can I help?',
			'Hi Daniel, my name is Maria Jensen.',
			'We are looking for transcription software.',
		]);
	});
});

describe('paragraphs', () => {
	const sentence = 'This is a sentence of exactly fifty characters ok. ';

	it('are a few sentences long', () => {
		const paragraphs = paragraphsIn(spokenIn(said(sentence.repeat(40).trim(), { speaker: 'A' })));
		expect(paragraphs.length).toBeGreaterThan(3);
		for (const { text } of paragraphs) expect(text.length).toBeLessThan(600);
		for (const { text } of paragraphs) expect(text.endsWith('ok.')).toBe(true);
	});

	it('end where the speaker takes a breath', () => {
		const words = [...wordsOf(sentence.repeat(4).trim(), { speaker: 'A' }), ...wordsOf(sentence.trim(), { from: 30, speaker: 'A' })];
		expect(paragraphsIn(spokenIn(aTranscript({ words })))).toHaveLength(2);
	});

	it('have no times where the transcript has none', () => {
		expect(paragraphsIn(spokenIn(aTranscript({ text: 'One. Two.' })))).toEqual([{ text: 'One. Two.' }]);
	});
});

it('utterances are what each speaker says in one go', () => {
	expect(utterancesIn(spokenIn(sampleTranscript('support-call-stereo'))).map(({ speaker }) => speaker)).toEqual(['A', 'B', 'A', 'B']);
});

// With the square of its length this would take the better part of an hour.
it('a word of a million dashes is taken in a moment', () => {
	const dashes = `${'-'.repeat(1_000_000)}a.`;
	expect(sentencesIn(spokenIn(said(`${dashes} Yes.`))).map(({ text }) => text)).toEqual([dashes, 'Yes.']);
});
