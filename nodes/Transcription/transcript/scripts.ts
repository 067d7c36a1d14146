/**
 * Scripts that are written without spaces between words, as the source of a regular expression that matches one
 * character. `Script_Extensions` includes characters that several scripts share, such as the long vowel mark ー, the
 * iteration mark 々, and the middle dot ・. Characters before U+0E00 are accents that scripts with spaces also use.
 */
export const UNSPACED_SOURCE =
	'(?![\\0-\\u0dff])[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}\\u3000-\\u303f\\uff00-\\uffef]';

export const UNSPACED = new RegExp(UNSPACED_SOURCE, 'u');

/** Whether the text has characters of a script that is written without spaces between words. */
export const isUnspaced = (text: string): boolean => UNSPACED.test(text);

/** Chinese and Japanese, in which numbers aren't separated by spaces either. */
const CHINESE_OR_JAPANESE = /(?![\0-\u2e7f])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u;

/** Whether one of two adjacent characters is a digit, and the other one is Chinese or Japanese. */
export function isNumberInUnspaced(before: string, after: string): boolean {
	return (
		(/\d/.test(before) && CHINESE_OR_JAPANESE.test(after)) || (/\d/.test(after) && CHINESE_OR_JAPANESE.test(before))
	);
}

/**
 * Matches text that begins with a character that never begins a line: small kana, the long vowel mark, iteration marks,
 * and closing marks (JIS X 4051; W3C, “Requirements for Japanese Text Layout”).
 */
export const NON_STARTER =
	/^[ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｰー々〻ゝゞヽヾ\p{Pe}\p{Pf}、。，．・：；？！‼⁇⁈⁉…‥〜～％℃]/u;
