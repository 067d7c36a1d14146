import { element } from './dom';
import { momentIn } from './timeline';
import type { Transcript } from './transcript';

/** The number of seconds that the arrow keys skip. */
const SKIP_SECONDS = 5;

/** The space between the player and the text to which the page scrolls, in CSS pixels. */
const MARGIN = 8;

/** Keys that scroll the page. */
const SCROLL_KEYS = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

/** Connects the recording's player to the transcript. */
export class Player {
	private readonly media: HTMLMediaElement;
	private readonly followButton: HTMLButtonElement;
	private readonly chapters: ReadonlyArray<{ link: HTMLAnchorElement; start: number }>;
	/** The seconds by which the transcript's times differ from those of the recording. */
	private readonly offset: number;
	private isFollowing = true;
	/** The fragment of the link that was clicked last, whose exact time is known. */
	private clickedHash = '';

	constructor(
		private readonly root: HTMLElement,
		private readonly transcript: Transcript,
	) {
		this.media = element<HTMLMediaElement>('audio, video', root);
		this.offset = Number(this.media.dataset['offset'] ?? 0);
		this.followButton = element<HTMLButtonElement>('.follow', root);
		this.chapters = [...document.querySelectorAll<HTMLAnchorElement>('.chapters a')].map((link) => ({
			link,
			start: startOf(link),
		}));
		this.listen();
		this.keepTargetsVisible();
		if (location.hash !== '') this.goToHash();
	}

	/** The current time in the transcript, in seconds. Rounded, because a sum can be slightly less than a word's start. */
	get time(): number {
		return Math.round((this.media.currentTime + this.offset) * 10_000) / 10_000;
	}

	/** The height of the screen that the player covers, in CSS pixels. */
	get height(): number {
		return Math.max(0, this.root.getBoundingClientRect().bottom);
	}

	/** Plays or pauses. @param isRepeat whether the key is being held, which must not play and pause repeatedly */
	toggle(isRepeat: boolean): void {
		if (isRepeat) return;
		if (!this.media.paused) this.media.pause();
		else void this.media.play().catch(() => this.media.pause());
	}

	skip(direction: 1 | -1): void {
		this.seek(this.time + direction * SKIP_SECONDS);
	}

	/** @param time a time in the transcript, in seconds */
	seek(time: number): void {
		this.media.currentTime = Math.max(0, time - this.offset);
		this.follow(true);
		this.update(time);
	}

	/** Goes to the time of a link to a paragraph. The paragraph can start earlier. */
	seekTo(link: HTMLAnchorElement): void {
		this.clickedHash = link.hash;
		this.seek(startOf(link));
	}

	/** Stops scrolling to the part that is being spoken. */
	stopFollowing(): void {
		this.follow(false);
	}

	private listen(): void {
		const { media } = this;
		media.addEventListener('play', () => {
			this.follow(true);
			this.playFrames();
		});
		media.addEventListener('timeupdate', () => this.update());
		media.addEventListener('seeking', () => this.update());
		media.addEventListener('error', () => this.showFailure());
		// The browser may have refused the recording before this script ran.
		if (media.error) this.showFailure();
		media.addEventListener('loadedmetadata', () => {
			const isSound = media instanceof HTMLVideoElement && media.videoWidth === 0;
			this.root.classList.toggle('sound', isSound);
		});
		element<HTMLSelectElement>('.speed', this.root).addEventListener('change', ({ target }) => {
			media.playbackRate = Number((target as HTMLSelectElement).value);
		});
		this.followButton.addEventListener('click', () => {
			this.follow(!this.isFollowing);
			if (this.isFollowing) this.transcript.scrollToCurrent(this.height);
		});
		this.stopFollowingOnScroll();
		addEventListener('hashchange', () => {
			if (location.hash !== this.clickedHash) this.goToHash();
			this.clickedHash = '';
		});
	}

	/** Makes the browser scroll the target of a link to below the player instead of behind it. */
	private keepTargetsVisible(): void {
		const { style } = document.documentElement;
		new ResizeObserver(() => {
			style.scrollPaddingTop = `${this.root.offsetHeight + MARGIN}px`;
		}).observe(this.root);
	}

	private showFailure(): void {
		element<HTMLElement>('.failure', this.root).hidden = false;
	}

	/** Updates the transcript in every frame, because `timeupdate` only fires about four times per second. */
	private playFrames(): void {
		this.update();
		if (!this.media.paused && !this.media.ended) requestAnimationFrame(() => this.playFrames());
	}

	private update(time = this.time): void {
		if (!this.transcript.show(time)) return;
		const chapter = this.chapters.findLast(({ start }) => start <= time);
		for (const { link } of this.chapters) {
			if (link === chapter?.link) link.setAttribute('aria-current', 'true');
			else link.removeAttribute('aria-current');
		}
		if (this.isFollowing) this.transcript.scrollToCurrent(this.height);
	}

	private follow(isFollowing: boolean): void {
		this.isFollowing = isFollowing;
		this.followButton.setAttribute('aria-pressed', String(isFollowing));
	}

	/** Readers who scroll want to read elsewhere, so the page must not scroll back. */
	private stopFollowingOnScroll(): void {
		const stop = () => this.stopFollowing();
		addEventListener('wheel', stop, { passive: true });
		addEventListener('touchmove', stop, { passive: true });
		addEventListener('keydown', ({ key, target }) => {
			if (SCROLL_KEYS.includes(key) && !(target as Element).matches('input, select, audio, video')) stop();
		});
		addEventListener('pointerdown', ({ target }) => {
			// The scroll bar belongs to the root element.
			if (target === document.documentElement) stop();
		});
	}

	/** Goes to the time in the page's URL. */
	private goToHash(): void {
		const time = this.transcript.startOfTarget(location.hash) ?? momentIn(location.hash);
		if (time !== undefined && this.transcript.isTimed) this.seek(time);
	}
}

/** Returns the exact time of a link to a paragraph, in seconds. */
function startOf(link: Element): number {
	return Number(element<HTMLTimeElement>('time', link).dateTime.slice('PT'.length, -'S'.length));
}
