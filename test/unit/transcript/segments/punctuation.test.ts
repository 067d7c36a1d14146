import { isQuestion, sentenceMark } from '../../../../nodes/Transcription/transcript/segments/punctuation';

describe('Questions', () => {
	it.each(['you?', 'you?!', 'you?”', '元気ですか？', 'حالك؟', 'really⁈', 'What‽', 'ነህ፧'])('end with “%s”', (text) =>
		expect(isQuestion(['So', text], 'en')).toBe(true),
	);
	it.each(['you.', '?x', 'you;', 'you?x'])('don’t end with “%s”', (text) =>
		expect(isQuestion([text], 'en')).toBe(false),
	);
	it('have a different mark in Greek', () => expect(isQuestion(['κάνεις;'], 'el-GR')).toBe(true));
	it('have the mark within a word in Armenian', () => expect(isQuestion(['Ինչպե՞ս', 'եք։'], 'hy')).toBe(true));
});

it('A sentence ends with its last mark, before quotation marks and brackets', () => {
	expect(sentenceMark('no.”)')).toBe('.');
	expect(sentenceMark('Really⁉')).toBe('⁉');
	expect(sentenceMark('“no”')).toBeUndefined();
});
