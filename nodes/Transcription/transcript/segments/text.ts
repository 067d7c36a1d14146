/**
 * Cleans text for files: one line, without characters that could affect a display or break a format. Whitespace and line
 * breaks become one space. Control characters and direction overrides are removed. Lone surrogates become U+FFFD. Joiners,
 * local direction marks, and non-breaking spaces that aren't next to other whitespace are kept.
 */
export function cleanText(text: string): string {
	if (text === '' || isPlainWord(text)) return text;
	return text
		.toWellFormed()
		.replace(/[\t-\r \u0085\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/g, ' ')
		.replace(CONTROL_CHARACTERS, '')
		.replace(/[ \u00a0\u2007\u202f]+/g, (blanks) => (blanks.includes(' ') ? ' ' : blanks))
		.trim();
}

/**
 * Whether a word, including its punctuation, is printable ASCII without spaces, and therefore needs no cleaning or
 * splitting. This is called several times per word, so it avoids a slower regular expression.
 */
export function isPlainWord(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code < 0x21 || code > 0x7e) return false;
	}
	return text !== '';
}

/**
 * Whether a word ends in a lowercase ASCII letter, and therefore has no punctuation at its end. This fast check saves
 * searching most words for punctuation.
 */
export function endsInLetter(text: string): boolean {
	const last = text.charCodeAt(text.length - 1);
	return last >= 0x61 && last <= 0x7a;
}

/** C0 and C1 control characters, bidirectional embeddings, overrides, and isolates, and the byte order mark. */
export const CONTROL_CHARACTERS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Combining marks, joiners, and the later parts of Korean syllables. */
const WIDTHLESS = /[\p{Mn}\p{Me}\p{Cf}\p{Emoji_Modifier}\u1160-\u11ff]/u;

/**
 * Returns the width of text in Latin characters, as counted for subtitles. Chinese, Japanese, and Korean characters and
 * emoji take the space and reading time of two Latin characters. Combining marks take none.
 */
export function widthOf(text: string): number {
	if (isPlainWord(text) || /^[\x20-\x7e\u00a0-\u02ff]*$/.test(text)) return text.length;
	let width = 0;
	let joined = false;
	for (const character of text) {
		if (!joined && !WIDTHLESS.test(character)) width += WIDE.test(character) ? 2 : 1;
		// An emoji joined to the previous one takes no extra space.
		joined = character === '\u200d';
	}
	return width;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Returns a cached segmenter, because creating one takes longer than using it. @param locale see {@link localeOf} */
function segmenter(locale: string, granularity: 'grapheme' | 'word'): Intl.Segmenter {
	const key = `${granularity} ${locale}`;
	const cached = segmenters.get(key);
	if (cached) return cached;
	const created = new Intl.Segmenter(locale, { granularity });
	segmenters.set(key, created);
	return created;
}

/** Splits text into user-perceived characters. */
export function graphemesOf(text: string): string[] {
	return segmentsOf(text, segmenter('en', 'grapheme'));
}

/** Returns the words of a text in a script without spaces; punctuation is separate. */
export function wordsWithin(text: string, locale: string): string[] {
	return segmentsOf(text, segmenter(locale, 'word'));
}

const SLICE = 400;

/** Segments the text in slices, because `Intl.Segmenter` takes quadratic time. */
function segmentsOf(text: string, by: Intl.Segmenter): string[] {
	const result: string[] = [];
	let size = SLICE;
	for (let from = 0; from < text.length;) {
		const segments = Array.from(by.segment(text.slice(from, from + size)));
		const isRest = from + size >= text.length;
		const last = segments.at(-1);
		if (!isRest && segments.length === 1) {
			size *= 2;
			continue;
		}
		// The last segment may continue after the slice.
		for (const { segment } of isRest ? segments : segments.slice(0, -1)) result.push(segment);
		from += isRest ? size : (last?.index ?? size);
		size = SLICE;
	}
	return result;
}

/** Returns the canonical locale tag for a language, such as `en-US` for `en_us`, or undefined if it isn't one. */
export function localeOf(language: string | undefined): string | undefined {
	try {
		return Intl.getCanonicalLocales(language?.replaceAll('_', '-') ?? [])[0];
	} catch {
		// Some services return a language name or several languages.
		return undefined;
	}
}
