import { missingText, missingTextWarning } from '../../../nodes/Transcription/transcript/completeness';
import { wordsOf } from './transcripts';

const missing = (text: string, words: string) => missingText(text, wordsOf(words));

describe('missingText', () => {
	it.each([
		['at the beginning', 'We will call. Hi there. Bye now.'],
		['in the middle', 'Hi there. We will call. Bye now.'],
		['at the end', 'Hi there. Bye now. We will call.'],
	])('finds a sentence %s', (_where, text) => {
		expect(missing(text, 'Hi there. Bye now.')).toEqual(['We will call.']);
	});

	it('finds a single number', () => expect(missing('Pay 2266 now.', 'Pay now.')).toEqual(['2266']));

	it('finds a sentence in a script without spaces', () => {
		expect(missing('サーバーを3月。今日は良い天気です。', 'サーバー を 3 月')).toEqual(['今日は良い天気です。']);
	});

	it('finds a long passage between words that are repeated', () => {
		const passage = Array.from({ length: 2000 }, (_, index) => `the n${index}`).join(' ');
		expect(
			missing(`This is the start. ${passage} This is the end.`, 'This is the start. This is the end.'),
		).toHaveLength(1);
	});

	it.each([
		['punctuation and case', 'Don’t go. Well-known, e.g. this one.', 'don’t go well known eg this one'],
		['numbers in words', 'Pay $22 now.', 'pay twenty two dollars now'],
		['numbers in digits', 'Pay twenty-two dollars now.', 'Pay $22 now.'],
		['redaction', 'My name is [PERSON_NAME], call ####.', 'My name is ##### call me.'],
		['redaction in the text only', 'My name is Ada, call me.', 'My name is [PERSON_NAME], call me.'],
		['another order', 'yes no maybe', 'no yes maybe'],
		['interleaved speakers', 'I think so mhm', 'I mhm think so'],
		['names of speakers', 'Ada: Hi there.\nBob: Bye now.', 'Hi there. Bye now.'],
		['times and sounds', '[00:01] Hi there. (laughter) Bye now.', 'Hi there. Bye now.'],
		['no spaces', 'サーバーをコーヒーショップで3月', 'サーバー を コーヒー ショップ で 3 月'],
		['another text', 'Guten Tag, wie geht es Ihnen?', 'Good day, how are you?'],
	])('tolerates %s', (_what, text, words) => expect(missing(text, words)).toEqual([]));

	it('takes linear time even if nothing matches', () => {
		const words = Array.from({ length: 100_000 }, (_, index) => `a${index}`).join(' ');
		const text = Array.from({ length: 100_000 }, (_, index) => `b${index}`).join(' ');
		const begin = performance.now();
		expect(missing(text, words)).toEqual([]);
		expect(performance.now() - begin).toBeLessThan(5000);
	});
});

describe('missingTextWarning', () => {
	it('quotes the missing text', () => {
		expect(missingTextWarning('Hi there. We will call. Bye now.', wordsOf('Hi there. Bye now.'))).toBe(
			'The words lack part of the text: “We will call.”. Files may lack it too.',
		);
	});

	it('is absent if nothing is missing', () => {
		expect(missingTextWarning('Hi there.', wordsOf('Hi there.'))).toBeUndefined();
		expect(missingTextWarning(undefined, wordsOf('Hi there.'))).toBeUndefined();
		expect(missingTextWarning('Hi there.', [])).toBeUndefined();
	});
});
