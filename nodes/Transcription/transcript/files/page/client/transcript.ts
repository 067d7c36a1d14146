import { decodeUnits, type Units } from '../units';
import { element, highlight } from './dom';
import { type TextRange } from './textSearch';
import { lastAtOrBefore, type Span, Timeline } from './timeline';

/** A word or a sentence, see {@link Units}. */
interface Unit extends TextRange {
	/** Seconds. */
	start: number;
}

/** A paragraph of the transcript. Details are only read when they are needed, since a page can have thousands. */
export class Paragraph {
	private parsed: Units | undefined;

	constructor(
		readonly element: HTMLElement,
		/** The speaker's name as shown, or undefined if the page has no names. */
		readonly speaker: string | undefined,
	) {}

	get text(): string {
		return this.textNode.data;
	}

	get units(): Units {
		return (this.parsed ??= decodeUnits(this.element.dataset['at'] ?? ''));
	}

	get span(): Span {
		// The second number is the start, see `encodeUnits`. Reading the others would take too long.
		const start = Number.parseInt(this.element.dataset['at']?.split(' ', 2)[1] ?? '', 10) / 100;
		return { start, end: Number(this.element.dataset['end']) };
	}

	/** Returns the unit at an offset in the text. */
	unitFrom(offset: number): Unit | undefined {
		return this.unit(lastAtOrBefore(this.units.offsets, offset));
	}

	/** Returns the unit that is spoken at a time, in seconds. */
	unitAt(time: number): Unit | undefined {
		return this.unit(lastAtOrBefore(this.units.starts, time));
	}

	private unit(index: number): Unit | undefined {
		const { offsets, starts } = this.units;
		const [from, start] = [offsets[index], starts[index]];
		if (from === undefined || start === undefined) return undefined;
		const text = this.text.slice(from, offsets[index + 1]).trimEnd();
		return { from, to: from + text.length, start };
	}

	range({ from, to }: TextRange): Range {
		const range = document.createRange();
		range.setStart(this.textNode, from);
		range.setEnd(this.textNode, to);
		return range;
	}

	/** Whether the node is the paragraph's text. */
	contains(node: Node): boolean {
		return node === this.textNode;
	}

	private get textNode(): Text {
		const span = element('span', this.element);
		// Some versions of Chromium divide text of more than 65,536 characters.
		if (span.childNodes.length > 1) span.normalize();
		return span.firstChild as Text;
	}
}

/** The page's transcript: shows which part is being spoken. */
export class Transcript {
	readonly paragraphs: readonly Paragraph[];
	/** The paragraphs with times, sorted by start. In the page, those of one speaker stay together if another speaks in between. */
	private readonly timed: readonly Paragraph[];
	private readonly timeline: Timeline;
	private readonly byElement: ReadonlyMap<Element, Paragraph>;
	private current: Paragraph | undefined;
	private currentUnit: TextRange | undefined;
	/** Returns the position on the screen of what the page was scrolled to last. */
	private scrollTarget = (): DOMRect => this.root.getBoundingClientRect();

	constructor(private readonly root: HTMLElement) {
		let speaker: string | undefined;
		this.paragraphs = [...root.querySelectorAll('section')].flatMap((section) => {
			if (!section.hasAttribute('data-continued')) speaker = section.querySelector('h2')?.textContent;
			return [...section.querySelectorAll('p')].map((paragraph) => new Paragraph(paragraph, speaker));
		});
		const timed = this.paragraphs
			.filter((paragraph) => paragraph.element.dataset['at'] !== undefined)
			.map((paragraph) => ({ paragraph, span: paragraph.span }))
			.sort((a, b) => a.span.start - b.span.start);
		this.timed = timed.map(({ paragraph }) => paragraph);
		this.timeline = new Timeline(timed.map(({ span }) => span));
		this.byElement = new Map(this.paragraphs.map((paragraph) => [paragraph.element, paragraph]));
	}

	/** Whether the transcript has times, so that it can follow the recording. */
	get isTimed(): boolean {
		return this.timed.length > 0;
	}

	/** Returns when the paragraph starts that a fragment such as `#t=12.3` links to, whose time is rounded. */
	startOfTarget(hash: string): number | undefined {
		return this.timed.find(({ element }) => element.id !== '' && `#${element.id}` === hash)?.span.start;
	}

	/** Marks the paragraph and, if their times are known, the word at a time in seconds. Returns whether anything changed. */
	show(time: number): boolean {
		const paragraph = this.timed[this.timeline.at(time)];
		const unit = this.root.dataset['units'] === 'words' ? paragraph?.unitAt(time) : undefined;
		if (paragraph === this.current && unit?.from === this.currentUnit?.from) return false;
		if (paragraph !== this.current) {
			this.current?.element.removeAttribute('aria-current');
			paragraph?.element.setAttribute('aria-current', 'true');
		}
		highlight('spoken', paragraph && unit ? [paragraph.range(unit)] : []);
		[this.current, this.currentUnit] = [paragraph, unit];
		return true;
	}

	/** Scrolls to the part being spoken unless it is already on screen. @param top the height that the player covers */
	scrollToCurrent(top: number): void {
		if (!this.current) return;
		this.scrollTo(this.current, this.currentUnit, top);
	}

	/** @param top the height that the player covers, in CSS pixels */
	scrollTo(paragraph: Paragraph, place: TextRange | undefined, top: number): void {
		const { bottom, top: from } = paragraph.element.getBoundingClientRect();
		const isNear = bottom > -innerHeight && from < 2 * innerHeight;
		this.scrollTarget = () => (place ? paragraph.range(place) : paragraph.element).getBoundingClientRect();
		if (isNear) this.scrollToTarget(top, matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
		else this.jumpToTarget(this.scrollTarget, top);
	}

	/** Jumps until the target is on screen, because the heights of distant parts are estimated until they are laid out. */
	private jumpToTarget(target: () => DOMRect, top: number, attempts = 10): void {
		if (this.scrollTarget !== target || attempts === 0 || this.scrollToTarget(top, 'instant')) return;
		requestAnimationFrame(() => this.jumpToTarget(target, top, attempts - 1));
	}

	/** Scrolls unless the target is already on screen. Returns whether it is. */
	private scrollToTarget(top: number, behavior: ScrollBehavior): boolean {
		const rect = this.scrollTarget();
		if (rect.top >= top + 8 && rect.bottom <= innerHeight - 24) return true;
		scrollBy({ top: rect.top - top - (innerHeight - top) / 3, behavior });
		return false;
	}

	/** Returns when the text at a point on the screen is spoken, in seconds. Undefined if there is no text. */
	timeAtPoint(x: number, y: number): number | undefined {
		const place = textPlaceAt(x, y);
		const paragraph = place && this.byElement.get(place.node.parentElement?.closest('p') as Element);
		if (!place || !paragraph?.contains(place.node)) return undefined;
		const unit = paragraph.unitFrom(place.offset);
		// The browser also returns the nearest text for points in the margin.
		const isOnText = ({ left, right, top, bottom }: DOMRect) =>
			x >= left - 4 && x <= right + 4 && y >= top && y <= bottom;
		return unit && [...paragraph.range(unit).getClientRects()].some(isOnText) ? unit.start : undefined;
	}
}

/** Returns the text at a point on the screen. */
function textPlaceAt(x: number, y: number): { node: Node; offset: number } | undefined {
	if ('caretPositionFromPoint' in document) {
		const position = document.caretPositionFromPoint(x, y);
		return position ? { node: position.offsetNode, offset: position.offset } : undefined;
	}
	// Safari before 26.2.
	const range = (document as Document).caretRangeFromPoint(x, y);
	return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}
