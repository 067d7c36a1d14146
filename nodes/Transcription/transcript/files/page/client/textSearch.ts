import { ACCENTS } from '../../../accents';

/** A range of a text, in UTF-16 code units. */
export interface TextRange {
	from: number;
	to: number;
}

/** Finds text in a paragraph, ignoring case, accents, and the shape of quotation marks, hyphens, and spaces. */
export class SearchableText {
	private readonly folded: string;
	/** The range of the original text for each code unit of `folded`. Undefined if they are the same. */
	private readonly places: readonly TextRange[] | undefined;

	constructor(text: string) {
		if (/^[\x20-\x7e]*$/.test(text)) {
			this.folded = text.toLowerCase();
			return;
		}
		const places: TextRange[] = [];
		let [folded, from] = ['', 0];
		for (const character of charactersOf(text)) {
			const to = from + character.length;
			const letters = fold(character);
			folded += letters;
			for (let unit = 0; unit < letters.length; unit++) places.push({ from, to });
			// An accent belongs to the letter before it.
			const last = places.at(-1);
			if (letters === '' && last) last.to = to;
			from = to;
		}
		this.folded = folded;
		this.places = places;
	}

	/** @param query see {@link fold}. Must not be empty. */
	find(query: string): TextRange[] {
		const found: TextRange[] = [];
		for (let at = this.folded.indexOf(query); at >= 0; at = this.folded.indexOf(query, at + query.length)) {
			const end = at + query.length;
			found.push({ from: this.places?.[at]?.from ?? at, to: this.places?.[end - 1]?.to ?? end });
		}
		return found;
	}
}

/** A character with its combining marks, or a Korean syllable in parts. */
const COMPOSABLE = /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|.\p{M}*/gsu;

/** Returns the characters of a text. One that is decomposed, such as か with a separate voicing mark, is a single one. */
function charactersOf(text: string): Iterable<string> {
	if (text === text.normalize('NFC')) return text;
	return (text.match(COMPOSABLE) ?? []).flatMap((part) => (part === part.normalize('NFC') ? [...part] : [part]));
}

/** Normalizes text for matching. */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(ACCENTS, '')
		.normalize('NFC')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replaceAll('ς', 'σ')
		.replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
		.replace(/[\u2010\u2011]/g, '-')
		.replace(/['‘’ʼ]/g, "'")
		.replace(/[“”„«»]/g, '"');
}
