/** Question marks of the world's scripts. The last one is that of Greek, which is usually typed as a semicolon. */
const QUESTION_MARKS = '?？؟⁇⁈⁉‽፧⸮\u037e';

const OTHER_ENDS = '.!…。！｡۔।॥։።‼';

/** Quotation marks and brackets that may follow the end of a sentence. */
const CLOSING = '"\'”’»›)\\]」』）';

interface Marks {
	/** Matches text at the end of a sentence. The first group is the last mark. */
	end: RegExp;
	/** Matches text at the end of a question. */
	question: RegExp;
}

function marksOf(questionMarks: string): Marks {
	const ends = questionMarks + OTHER_ENDS;
	return {
		end: new RegExp(`([${ends}])[${CLOSING}]*$`, 'u'),
		question: new RegExp(`[${questionMarks}][${OTHER_ENDS}${CLOSING}]*$`, 'u'),
	};
}

const MARKS = marksOf(QUESTION_MARKS);
const GREEK_MARKS = marksOf(`${QUESTION_MARKS};`);

const marksIn = (locale: string) => (/^el\b/.test(locale) ? GREEK_MARKS : MARKS);

/** In Armenian, the question mark is within the word that the question is about. */
const ARMENIAN_QUESTION_MARK = '\u055e';

/**
 * Returns the punctuation that ends a sentence, without quotation marks and brackets, or undefined if the text doesn't
 * end in it.
 * @param locale see `localeOf`
 */
export const sentenceMark = (text: string, locale = 'en'): string | undefined => marksIn(locale).end.exec(text)?.[1];

/** Whether a sentence is a question. @param words the sentence's words @param locale see `localeOf` */
export function isQuestion(words: readonly string[], locale: string): boolean {
	return (
		marksIn(locale).question.test(words.at(-1) ?? '') || words.some((word) => word.includes(ARMENIAN_QUESTION_MARK))
	);
}
