import { ACCENTS } from '../../../accents';

/** A range of a text, in UTF-16 code units. */
export interface TextRange {
	from: number;
	to: number;
}

/** Finds text in a paragraph, ignoring case, accents, and the shape of quotation marks. */
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
		for (const character of text) {
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

/** Normalizes text for matching. */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(ACCENTS, '')
		.normalize('NFC')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replace(/['‘’ʼ]/g, "'")
		.replace(/[“”„«»]/g, '"');
}
