/**
 * Text as files may carry it: one line without what could steer a display or break a format. Blanks and line ends become
 * one blank; control characters and marks that turn the direction of all that follows are left out; halves of
 * characters become U+FFFD. Non-breaking blanks between words that nothing else separates, joiners and direction marks that act on one place stay.
 */
export function cleanText(text: string): string {
	if (text === '' || isPlainWord(text)) return text;
	return text
		.toWellFormed()
		.replace(/[\t-\r \u0085\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/g, ' ')
		.replace(STEERING, '')
		.replace(/[ \u00a0\u2007\u202f]+/g, (blanks) => (blanks.includes(' ') ? ' ' : blanks))
		.trim();
}

/**
 * Whether a word, with its punctuation, is of ASCII alone, as most are in many languages: nothing is to be cleaned then,
 * or to be divided. Asked of every word several times, and cheaper than a regular expression.
 */
export function isPlainWord(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code < 0x21 || code > 0x7e) return false;
	}
	return text !== '';
}

/**
 * Whether a word ends as most do: in a letter, so that no mark ends it. Tells it at a glance, and where it does not,
 * marks have to be looked for.
 */
export function endsInLetter(text: string): boolean {
	const last = text.charCodeAt(text.length - 1);
	return last >= 0x61 && last <= 0x7a;
}

/** C0 and C1 controls, embeddings, overrides and isolates of the bidirectional algorithm, the byte order mark. */
export const STEERING = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Marks upon the character before, joiners, the later parts of Korean syllables. */
const WIDTHLESS = /[\p{Mn}\p{Me}\p{Cf}\p{Emoji_Modifier}\u1160-\u11ff]/u;

/**
 * Width in characters of the Latin alphabet, as subtitling counts it: Chinese, Japanese and Korean characters and emoji
 * take the room, and the time to read, of two; marks upon a character take none.
 */
export function widthOf(text: string): number {
	if (isPlainWord(text) || /^[\x20-\x7e\u00a0-\u02ff]*$/.test(text)) return text.length;
	let width = 0;
	let joined = false;
	for (const character of text) {
		if (!joined && !WIDTHLESS.test(character)) width += WIDE.test(character) ? 2 : 1;
		// An emoji joined to the one before shows in its place.
		joined = character === '\u200d';
	}
	return width;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Making one takes longer than using it. @param locale see {@link localeOf} */
function segmenter(locale: string, granularity: 'grapheme' | 'word'): Intl.Segmenter {
	const key = `${granularity} ${locale}`;
	const known = segmenters.get(key);
	if (known) return known;
	const made = new Intl.Segmenter(locale, { granularity });
	segmenters.set(key, made);
	return made;
}

/** What readers take for one character each. */
export function graphemesOf(text: string): string[] {
	return segmentsOf(text, segmenter('en', 'grapheme'));
}

/** The words of a text that is written without blanks; punctuation stands alone. */
export function wordsWithin(text: string, locale: string): string[] {
	return segmentsOf(text, segmenter(locale, 'word'));
}

const SLICE = 400;

/** In slices: what `Intl.Segmenter` takes for a text grows with the square of its length. */
function segmentsOf(text: string, by: Intl.Segmenter): string[] {
	const found: string[] = [];
	let size = SLICE;
	for (let from = 0; from < text.length; ) {
		const segments = Array.from(by.segment(text.slice(from, from + size)));
		const isRest = from + size >= text.length;
		const last = segments.at(-1);
		if (!isRest && segments.length === 1) {
			size *= 2;
			continue;
		}
		// The last one may go on behind the slice.
		for (const { segment } of isRest ? segments : segments.slice(0, -1)) found.push(segment);
		from += isRest ? size : (last?.index ?? size);
		size = SLICE;
	}
	return found;
}

/** The language as the tag of a locale, such as `en-US` for `en_us`; undefined where it is none. */
export function localeOf(language: string | undefined): string | undefined {
	try {
		return Intl.getCanonicalLocales(language?.replaceAll('_', '-') ?? [])[0];
	} catch {
		// Services also name languages in words, or several at once.
		return undefined;
	}
}
