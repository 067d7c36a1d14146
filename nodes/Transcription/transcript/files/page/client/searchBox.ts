import { element, highlight } from './dom';
import type { Player } from './player';
import { fold, SearchableText, type TextRange } from './textSearch';
import type { Paragraph, Transcript } from './transcript';

/** The number of results on each side of the selected one that are highlighted. Browsers slow down if there are too many. */
const HIGHLIGHTED = 1000;

interface Result {
	paragraph: Paragraph;
	place: TextRange;
}

/** The search field with the number of results and the buttons to go through them. */
export class SearchBox {
	private readonly field: HTMLInputElement;
	private readonly count: HTMLOutputElement;
	private readonly buttons: readonly HTMLButtonElement[];
	private texts: ReadonlyArray<readonly [Paragraph, SearchableText]> | undefined;
	private results: readonly Result[] = [];
	private selected = 0;
	private marked: Paragraph | undefined;

	constructor(
		root: HTMLElement,
		private readonly transcript: Transcript,
		private readonly player: Player,
	) {
		this.field = element('input', root);
		this.count = element('output', root);
		this.buttons = [element('.previous', root), element('.next', root)];
		this.field.addEventListener('input', () => this.search());
		this.field.addEventListener('keydown', (event) => this.onKey(event));
		for (const [index, button] of this.buttons.entries())
			button.addEventListener('click', () => this.select(this.selected + (index === 0 ? -1 : 1)));
	}

	focus(): void {
		this.field.focus();
		this.field.select();
	}

	private onKey(event: KeyboardEvent): void {
		// During the composition of Chinese or Japanese text, Enter only accepts a suggestion.
		if (event.isComposing) return;
		if (event.key === 'Enter') {
			event.preventDefault();
			this.select(this.selected + (event.shiftKey ? -1 : 1));
		} else if (event.key === 'Escape') {
			event.preventDefault();
			this.field.value = '';
			this.search();
			this.field.blur();
		}
	}

	private search(): void {
		const query = fold(this.field.value).trim();
		this.texts ??= this.transcript.paragraphs.map((paragraph) => [paragraph, new SearchableText(paragraph.text)]);
		this.results =
			query === ''
				? []
				: this.texts.flatMap(([paragraph, text]) => text.find(query).map((place) => ({ paragraph, place })));
		for (const button of this.buttons) button.disabled = this.results.length === 0;
		if (this.results.length > 0) this.select(0);
		else this.show(query === '' ? '' : 'No results');
	}

	/** @param index wraps around */
	private select(index: number): void {
		const { length } = this.results;
		if (length === 0) return;
		this.selected = (index + length) % length;
		const { paragraph, place } = this.results[this.selected] as Result;
		this.show(`${this.selected + 1} of ${length}`);
		this.player.stopFollowing();
		this.transcript.scrollTo(paragraph, place, this.player.height);
	}

	private show(count: string): void {
		this.count.value = count;
		const from = Math.max(0, this.selected - HIGHLIGHTED);
		const nearby = this.results.slice(from, this.selected + HIGHLIGHTED);
		highlight('found', nearby.map(rangeOf), 1);
		highlight('selected', this.results.slice(this.selected, this.selected + 1).map(rangeOf), 2);
		this.marked?.element.classList.remove('found');
		this.marked = this.results[this.selected]?.paragraph;
		this.marked?.element.classList.add('found');
	}
}

const rangeOf = ({ paragraph, place }: Result) => paragraph.range(place);
