import { paragraphsIn, sentencesIn, spokenIn, utterancesIn } from '../../../../nodes/Transcription/transcript/segments';
import { aTranscript, transcriptOf, sampleTranscript, wordsOf } from '../transcripts';

const sentences = (text: string, language?: string) =>
	sentencesIn(spokenIn({ ...transcriptOf(text), ...(language && { language }) })).map((sentence) => sentence.text);

describe('sentences end', () => {
	it('at periods, question marks, and exclamation marks', () => {
		expect(sentences('Sure. Which one? This! Good.')).toEqual(['Sure.', 'Which one?', 'This!', 'Good.']);
	});
	it('after closing quotes', () =>
		expect(sentences('He said “no.” Then he left.')).toEqual(['He said “no.”', 'Then he left.']));
	it('not after a title', () => expect(sentences('I met Dr. Smith today.')).toHaveLength(1));
	it('not after an initial', () => expect(sentences('I met J. Smith today.')).toHaveLength(1));
	it('not if the next word is lowercase', () => expect(sentences('Version 2. beta, e.g. this one.')).toHaveLength(1));
	it('not after an ordinal number in German', () => expect(sentences('Am 3. Oktober ist frei.', 'de')).toHaveLength(1));
	it('after a number in English', () => expect(sentences('We need 3. Send them.', 'en')).toHaveLength(2));
	it('at the punctuation of other scripts', () => {
		expect(sentences('今日は。元気ですか？はい', 'ja')).toEqual(['今日は。', '元気ですか？', 'はい']);
		expect(sentences('नमस्ते। कैसे हैं', 'hi')).toHaveLength(2);
		expect(sentences('كيف حالك؟ بخير', 'ar')).toHaveLength(2);
	});
	it.each([
		['el', 'Τι κάνεις; Καλά. Ναι.', 3],
		['en', 'We came; We saw.', 1],
		['am', 'ደህና ነህ፧ አዎ።', 2],
		['en', 'Really⁉ Yes. What‽ No.', 4],
		['ka', 'როგორ ხარ? კარგად. Google-ში.', 3],
	])('at the marks of the language %s: “%s”', (language, text, count) =>
		expect(sentences(text, language)).toHaveLength(count),
	);
	it('before lowercase words if there are no uppercase letters', () => {
		expect(sentences('are you there? yes. i met j. smith, e.g. here.')).toEqual([
			'are you there?',
			'yes.',
			'i met j. smith, e.g. here.',
		]);
		expect(sentences('I am here. yes. i am.')).toHaveLength(1);
	});
	it('at a question mark before a lowercase word, unless a quote ends there', () => {
		expect(sentences('Are you there? yes. i am.')).toEqual(['Are you there?', 'yes. i am.']);
		expect(sentences('“Are you there?” he asked.')).toHaveLength(1);
		expect(sentences('I said stop! to him.')).toHaveLength(1);
	});
	it('at pauses without punctuation', () => {
		const words = [...wordsOf('so we begin', { speaker: 'A' }), ...wordsOf('and go on', { from: 3, speaker: 'A' })];
		expect(sentencesIn(spokenIn(aTranscript({ words }))).map(({ text }) => text)).toEqual(['so we begin', 'and go on']);
	});
	it('when the speaker changes', () => {
		const words = [...wordsOf('So I', { speaker: 'A' }), ...wordsOf('wait', { from: 1, speaker: 'B' })];
		expect(sentencesIn(spokenIn(aTranscript({ words })))).toEqual([
			{ text: 'So I', start: 0, end: 0.75, speaker: 'A' },
			{ text: 'wait', start: 1, end: 1.35, speaker: 'B' },
		]);
	});
	it('at the expected places of a call', () => {
		expect(
			sentencesIn(spokenIn(sampleTranscript('sales-call')))
				.map(({ text }) => text)
				.slice(0, 4),
		).toEqual([
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
		const paragraphs = paragraphsIn(spokenIn(transcriptOf(sentence.repeat(40).trim(), { speaker: 'A' })));
		expect(paragraphs.length).toBeGreaterThan(3);
		for (const { text } of paragraphs) expect(text.length).toBeLessThan(600);
		for (const { text } of paragraphs) expect(text.endsWith('ok.')).toBe(true);
	});

	it('end at a pause of the speaker', () => {
		const words = [
			...wordsOf(sentence.repeat(4).trim(), { speaker: 'A' }),
			...wordsOf(sentence.trim(), { from: 30, speaker: 'A' }),
		];
		expect(paragraphsIn(spokenIn(aTranscript({ words })))).toHaveLength(2);
	});

	it('are never much longer, even without punctuation and pauses', () => {
		const text = 'speech without any punctuation '.repeat(1000).trim();
		const paragraphs = paragraphsIn(spokenIn(transcriptOf(text)));
		for (const paragraph of paragraphs) expect(paragraph.text.length).toBeLessThan(2020);
		expect(paragraphs.length).toBeLessThan(20);
		expect(paragraphs.map((paragraph) => paragraph.text).join(' ')).toBe(text);
	});

	it('have no times if the transcript has none', () => {
		expect(paragraphsIn(spokenIn(aTranscript({ text: 'One. Two.' })))).toEqual([{ text: 'One. Two.' }]);
	});
});

it('returns one utterance per turn', () => {
	expect(utterancesIn(spokenIn(sampleTranscript('support-call-stereo'))).map(({ speaker }) => speaker)).toEqual([
		'A',
		'B',
		'A',
		'B',
	]);
});

// A quadratic algorithm would take almost an hour.
it('handles a word of a million dashes in linear time', () => {
	const dashes = `${'-'.repeat(1_000_000)}a.`;
	expect(sentencesIn(spokenIn(transcriptOf(`${dashes} Yes.`))).map(({ text }) => text)).toEqual([dashes, 'Yes.']);
});
