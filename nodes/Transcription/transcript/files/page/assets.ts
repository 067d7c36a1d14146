/**
 * Created by `npm run build:page` from the stylesheets and the modules in `client/`. Don't edit this file.
 */

/** Text between the tags of a style or script, and the hash that allows it in a content security policy. */
export interface InlineAsset {
	text: string;
	hash: string;
}

export const PAGE_STYLE: InlineAsset = {
	text: `
:root {
	color-scheme: light dark;
	--paper: #fdfcfa;
	--ink: #1f2328;
	--quiet: #646b75;
	--line: #e4e0d8;
	--mark: #fff3c4;
	--v1: #0b5fa5;
	--v2: #9a3412;
	--v3: #15703f;
	--v4: #7a2e8e;
	--v5: #92600a;
	--v6: #0d6b74;
}
@media screen and (prefers-color-scheme: dark) {
	:root {
		--paper: #16181c;
		--ink: #e3e5e8;
		--quiet: #9aa2ad;
		--line: #2d3138;
		--mark: #3b3413;
		--v1: #7cb8f0;
		--v2: #f0a37c;
		--v3: #7fd6a2;
		--v4: #d6a0e6;
		--v5: #e3bd6a;
		--v6: #74cfd8;
	}
}
* {
	box-sizing: border-box;
}
html {
	-webkit-text-size-adjust: 100%;
	scroll-padding-top: 2rem;
}
body {
	margin: 0;
	background: var(--paper);
	color: var(--ink);
	font:
		1.0625rem/1.65 ui-serif,
		Charter,
		Bitstream Charter,
		Iowan Old Style,
		Georgia,
		"Noto Serif",
		serif;
}
main {
	max-width: 46rem;
	margin: 0 auto;
	padding: 3.5rem 1.5rem 5rem;
}
header {
	border-bottom: 1px solid var(--line);
	padding-bottom: 1.25rem;
	margin-bottom: 2rem;
}
h1 {
	font-size: 2rem;
	line-height: 1.2;
	margin: 0;
	overflow-wrap: anywhere;
}
h2,
dl,
a,
.nothing {
	font-family:
		system-ui,
		-apple-system,
		Segoe UI,
		Roboto,
		Noto Sans,
		sans-serif;
}
dl {
	display: flex;
	flex-wrap: wrap;
	gap: .25rem 1.75rem;
	margin: .85rem 0 0;
	font-size: .875rem;
}
dl div {
	display: flex;
	gap: .4rem;
}
dt {
	color: var(--quiet);
}
dd {
	margin: 0;
	font-variant-numeric: tabular-nums;
}
.summary {
	margin: 1.25rem 0 0;
	white-space: pre-line;
	overflow-wrap: break-word;
}
nav {
	margin: 1.5rem 0 0;
}
.timed nav h2 {
	padding: 0;
}
nav h2 {
	color: var(--quiet);
	margin-bottom: .35rem;
}
ol {
	list-style: none;
	margin: 0;
	padding: 0;
}
li {
	break-inside: avoid;
}
section {
	margin: 0 0 1.5rem;
}
.timed h2 {
	padding-inline-start: 4.25rem;
}
h2 {
	font-size: .9375rem;
	font-weight: 650;
	line-height: 1.4;
	margin: 0 0 .15rem;
	break-after: avoid;
	overflow-wrap: anywhere;
}
p,
li {
	display: flex;
	align-items: baseline;
	gap: 1rem;
	margin: 0 0 .6rem;
	border-radius: .25rem;
}
p > span,
li > span {
	flex: 1;
	min-width: 0;
	overflow-wrap: break-word;
}
p > a,
li > a {
	flex: 0 0 3.25rem;
	font-size: .8125rem;
	font-variant-numeric: tabular-nums;
	color: var(--quiet);
	text-decoration: none;
}
a:hover {
	color: inherit;
	text-decoration: underline;
}
a:focus-visible {
	outline: 2px solid currentcolor;
	outline-offset: 2px;
	border-radius: .2rem;
}
p:target {
	background: var(--mark);
}
.nothing {
	color: var(--quiet);
}
.v1 h2 {
	color: var(--v1);
}
.v2 h2 {
	color: var(--v2);
}
.v3 h2 {
	color: var(--v3);
}
.v4 h2 {
	color: var(--v4);
}
.v5 h2 {
	color: var(--v5);
}
.v6 h2 {
	color: var(--v6);
}
@media (max-width: 34rem) {
	main {
		padding: 2rem 1.125rem 3rem;
	}
	.timed h2 {
		padding-inline-start: 0;
	}
	p,
	li {
		display: block;
	}
	p > a,
	li > a {
		margin-inline-end: .4rem;
	}
}
@media print {
	:root {
		--paper: #fff;
		--ink: #000;
		--quiet: #555;
		--line: #bbb;
	}
	body {
		font-size: 10.5pt;
		line-height: 1.5;
	}
	main {
		max-width: none;
		padding: 0;
	}
	p {
		orphans: 3;
		widows: 3;
	}
	@page {
		margin: 20mm 18mm;
	}
}
`,
	hash: 'sha256-E/quishIKqL0LCeiw4wugrf+NiMcGZV2rDDQzMclmdY=',
};

export const PLAYER_STYLE: InlineAsset = {
	text: `
:root {
	--spoken: #ffdf70;
	--found: #d5e6fb;
	--selected: #ffb05c;
}
@media screen and (prefers-color-scheme: dark) {
	:root {
		--spoken: #6b5a12;
		--found: #26415f;
		--selected: #8a4b10;
	}
}
.hidden {
	position: absolute;
	width: 1px;
	height: 1px;
	overflow: hidden;
	clip-path: inset(50%);
	white-space: nowrap;
}
.playable header {
	border: 0;
	padding: 0;
	margin: 0 0 1rem;
}
.player {
	position: sticky;
	top: 0;
	z-index: 1;
	margin: 0 -.75rem 1.5rem;
	padding: .75rem;
	background: var(--paper);
	border-bottom: 1px solid var(--line);
	font:
		.875rem/1.4 system-ui,
		-apple-system,
		Segoe UI,
		Roboto,
		Noto Sans,
		sans-serif;
}
.player audio,
.player video {
	display: block;
	width: 100%;
}
.player audio,
.sound video {
	height: 2.75rem;
}
.player video {
	max-height: 38vh;
	background: #000;
	border-radius: .5rem;
}
.failure {
	margin-top: .5rem;
	padding: .5rem .75rem;
	border: 1px solid currentcolor;
	border-radius: .35rem;
}
.player [hidden] {
	display: none;
}
.failure a {
	color: inherit;
	text-decoration: underline;
}
.tools {
	display: flex;
	flex-wrap: wrap;
	gap: .5rem;
	margin-top: .6rem;
}
.search {
	display: flex;
	flex: 1 1 16rem;
	align-items: center;
	border: 1px solid var(--quiet);
	border-radius: .35rem;
}
.search:focus-within {
	outline: 2px solid var(--v1);
}
.search input {
	flex: 1;
	min-width: 5rem;
	padding: .35rem .6rem;
	border: 0;
	outline: 0;
	background: none;
	color: inherit;
	font: inherit;
}
.search input::placeholder {
	color: var(--quiet);
	opacity: 1;
}
.search output {
	padding: 0 .4rem;
	color: var(--quiet);
	font-variant-numeric: tabular-nums;
	white-space: nowrap;
}
.player button,
.player select,
.player summary {
	display: flex;
	align-items: center;
	min-height: 2.4rem;
	padding: .25rem .7rem;
	border: 1px solid var(--quiet);
	border-radius: .35rem;
	background: var(--paper);
	color: inherit;
	font: inherit;
	cursor: pointer;
}
.search button {
	border: 0;
	background: none;
}
.player button:disabled {
	color: var(--quiet);
	cursor: default;
}
.follow[aria-pressed=true] {
	background: var(--mark);
	border-color: currentcolor;
}
.player button:focus-visible,
.player select:focus-visible,
.player summary:focus-visible {
	outline: 2px solid var(--v1);
	outline-offset: 1px;
}
.menu {
	position: relative;
}
.player summary {
	list-style: none;
	-webkit-user-select: none;
	user-select: none;
}
.player summary::-webkit-details-marker {
	display: none;
}
.menu summary {
	height: 100%;
}
.menu > div {
	position: absolute;
	inset-inline-end: 0;
	top: calc(100% + .35rem);
	display: grid;
	gap: .35rem;
	width: max-content;
	max-width: calc(100vw - 2rem);
	padding: .6rem;
	background: var(--paper);
	border: 1px solid var(--quiet);
	border-radius: .5rem;
	box-shadow: 0 .5rem 1.5rem #0003;
}
.menu button {
	text-align: start;
}
.menu dl {
	display: grid;
	gap: .3rem;
	margin: 0;
}
.menu dl div {
	display: flex;
	gap: .75rem;
	justify-content: space-between;
}
kbd {
	padding: .05rem .4rem;
	border: 1px solid var(--line);
	border-radius: .25rem;
	color: var(--ink);
	font: inherit;
}
.about {
	padding-bottom: .5rem;
}
.about > * {
	margin: 0 0 1.5rem;
}
.speakers h2,
.timed .speakers h2 {
	color: var(--quiet);
	padding: 0;
	margin-bottom: .35rem;
}
.speakers ul {
	margin: 0;
	padding: 0;
}
.speakers li {
	align-items: center;
	margin: 0 0 .2rem;
	font:
		.9375rem/1.5 system-ui,
		-apple-system,
		Segoe UI,
		Roboto,
		Noto Sans,
		sans-serif;
}
.speakers bdi {
	flex: 0 1 11rem;
	overflow-wrap: anywhere;
}
.bar {
	flex: 1;
	min-width: 3rem;
	height: .6rem;
	border-radius: .3rem;
	background: var(--line);
	fill: currentcolor;
}
[dir=rtl] .speakers bdi {
	text-align: right;
}
[dir=rtl] .bar {
	transform: scaleX(-1);
}
.speakers .share {
	flex: 0 0 auto;
	min-width: 6.5rem;
	color: var(--ink);
	font-size: .875rem;
	font-variant-numeric: tabular-nums;
	text-align: end;
}
.v1 bdi,
.v1 .bar {
	color: var(--v1);
}
.v2 bdi,
.v2 .bar {
	color: var(--v2);
}
.v3 bdi,
.v3 .bar {
	color: var(--v3);
}
.v4 bdi,
.v4 .bar {
	color: var(--v4);
}
.v5 bdi,
.v5 .bar {
	color: var(--v5);
}
.v6 bdi,
.v6 .bar {
	color: var(--v6);
}
.playable nav {
	margin: 0 0 1.5rem;
}
.chapters a[aria-current] {
	color: inherit;
	font-weight: 650;
}
.transcript {
	border-top: 1px solid var(--line);
}
.part {
	content-visibility: auto;
	contain-intrinsic-size: auto 100rem;
	margin: 0 -.75rem;
	padding: 0 .75rem;
}
.transcript section {
	margin: 0;
	padding-top: 1.25rem;
}
.transcript section[data-continued] {
	padding-top: 0;
}
.transcript p {
	padding: .15rem .35rem;
	margin: 0 -.35rem .4rem;
}
.transcript [data-at] span {
	cursor: pointer;
}
.transcript p:target {
	background: none;
}
.transcript p[aria-current] {
	background: var(--mark);
}
.transcript p.found {
	outline: 1px solid var(--selected);
}
::highlight(spoken) {
	background: var(--spoken);
	color: var(--ink);
}
::highlight(found) {
	background: var(--found);
	color: var(--ink);
}
::highlight(selected) {
	background: var(--selected);
	color: var(--ink);
}
@media (min-width: 76rem) {
	.playable:has(.chapters) {
		display: grid;
		grid-template-columns: 15rem minmax(0, 43rem);
		column-gap: 3.5rem;
		max-width: 64.5rem;
	}
	.playable:has(.chapters) > * {
		grid-column: 2;
	}
	.playable > .chapters {
		grid-area: 1 / 1 / span 9;
		position: sticky;
		top: 1.5rem;
		align-self: start;
		max-height: calc(100vh - 3rem);
		overflow: auto;
		font-size: .9375rem;
		line-height: 1.45;
	}
}
@media (hover: none) {
	.keyboard {
		display: none;
	}
}
@media (max-width: 44rem) {
	.tools {
		position: relative;
	}
	.search {
		flex-basis: 100%;
	}
	.menu {
		position: static;
	}
	.menu > div {
		inset-inline: 0 auto;
		max-width: 100%;
	}
}
@media (max-width: 34rem) {
	.player {
		margin-inline: -1.125rem;
	}
	.player video {
		max-height: 28vh;
	}
	.speakers li {
		display: flex;
	}
	.speakers bdi {
		flex-basis: 7rem;
	}
}
@media print {
	.player,
	.transcript p[aria-current] {
		background: none;
	}
	.player {
		display: none;
	}
	.part {
		content-visibility: visible;
	}
	.bar {
		border: 1px solid currentcolor;
		-webkit-print-color-adjust: exact;
		print-color-adjust: exact;
	}
	::highlight(spoken),
	::highlight(found),
	::highlight(selected) {
		background: none;
		color: inherit;
	}
}
`,
	hash: 'sha256-Z+b3/gp0+eob9GkNnrUVba0NB/1OpSew0n2jqt5jPeM=',
};

export const PLAYER_SCRIPT: InlineAsset = {
	text: `
"use strict";
(() => {
	function element(selector, within = document) {
		let found = within.querySelector(selector);
		if (!found) throw new Error(\`The page has no element \${selector}\`);
		return found;
	}
	function highlight(name, ranges, priority = 0) {
		if (!("highlights" in CSS)) return;
		let shown = new Highlight(...ranges);
		shown.priority = priority, CSS.highlights.set(name, shown);
	}
	function hasModifier({ ctrlKey, metaKey, altKey }) {
		return ctrlKey || metaKey || altKey;
	}
	function connectCopyButtons(root2, transcript2, player2) {
		let contents = {
			text: () => transcript2.paragraphs.map(({ text: text2 }) => text2).join(\`

\`),
			speakers: () => withSpeakers(transcript2.paragraphs),
			link: () => \`\${location.href.replace(/#.*$/s, "")}#t=\${Math.max(0, Math.floor(player2.time * 10) / 10)}\`
		}, status = element("[role=status]", root2);
		for (let button of root2.querySelectorAll("button[data-copy]"))
			button.addEventListener("click", () => {
				status.textContent = "";
				let content = contents[button.dataset.copy ?? ""]?.() ?? "";
				copy(content).then((isCopied) => {
					status.textContent = isCopied ? "Copied" : "The browser didn’t allow copying";
				});
			});
	}
	function withSpeakers(paragraphs) {
		return paragraphs.map(
			({ speaker, text: text2 }, index) => speaker === void 0 || speaker === paragraphs[index - 1]?.speaker ? text2 : \`\${speaker}: \${text2}\`
		).join(\`

\`);
	}
	async function copy(text2) {
		try {
			return await navigator.clipboard.writeText(text2), !0;
		} catch {
			return copyBySelection(text2);
		}
	}
	function copyBySelection(text2) {
		let { activeElement } = document, field = document.createElement("textarea");
		field.value = text2, document.body.append(field), field.select();
		let isCopied = document.execCommand("copy");
		return field.remove(), activeElement instanceof HTMLElement && activeElement.focus(), isCopied;
	}
	function lastAtOrBefore(sorted, value) {
		let [low, high] = [0, sorted.length];
		for (; low < high; ) {
			let middle = low + high >> 1;
			(sorted[middle] ?? 1 / 0) <= value ? low = middle + 1 : high = middle;
		}
		return low - 1;
	}
	var Timeline = class {
		/** @param spans sorted by start */
		constructor(spans) {
			this.spans = spans;
			this.starts = spans.map(({ start }) => start);
			let latest = 0;
			this.latestEnds = spans.map(({ end }) => latest = Math.max(latest, end));
		}
		spans;
		starts;
		/** For each paragraph, when the last of it and all previous ones ends. */
		latestEnds;
		/**
		* Returns the index of the paragraph that started last among those being spoken. In a pause, returns the paragraph
		* that started last. Returns -1 before the first one.
		*/
		at(time) {
			let last = lastAtOrBefore(this.starts, time);
			for (let index = last; index >= 0 && (this.latestEnds[index] ?? 0) > time; index--)
				if ((this.spans[index]?.end ?? 0) > time) return index;
			return last;
		}
	};
	function momentIn(hash) {
		let match = /^#t=(?:npt:)?(?:(?:(\\d+):)?(\\d{1,2}):)?(\\d+(?:\\.\\d+)?)(?:,|$)/.exec(hash);
		if (!match) return;
		let [, hours = "0", minutes = "0", seconds = "0"] = match;
		return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	}
	var SKIP_SECONDS = 5, MARGIN = 8, SCROLL_KEYS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"], Player = class {
		constructor(root2, transcript2) {
			this.root = root2;
			this.transcript = transcript2;
			this.media = element("audio, video", root2), this.offset = Number(this.media.dataset.offset ?? 0), this.followButton = element(".follow", root2), this.chapters = [...document.querySelectorAll(".chapters a")].map((link) => ({
				link,
				start: startOf(link)
			})), this.listen(), this.keepTargetsVisible(), location.hash !== "" && this.goToHash();
		}
		root;
		transcript;
		media;
		followButton;
		chapters;
		/** The seconds by which the transcript's times differ from those of the recording. */
		offset;
		isFollowing = !0;
		/** The fragment of the link that was clicked last, whose exact time is known. */
		clickedHash = "";
		/** The current time in the transcript, in seconds. Rounded, because a sum can be slightly less than a word's start. */
		get time() {
			return Math.round((this.media.currentTime + this.offset) * 1e4) / 1e4;
		}
		/** The height of the screen that the player covers, in CSS pixels. */
		get height() {
			return Math.max(0, this.root.getBoundingClientRect().bottom);
		}
		/** Plays or pauses. @param isRepeat whether the key is being held, which must not play and pause repeatedly */
		toggle(isRepeat) {
			isRepeat || (this.media.paused ? this.media.play().catch(() => this.media.pause()) : this.media.pause());
		}
		skip(direction) {
			this.seek(this.time + direction * SKIP_SECONDS);
		}
		/** @param time a time in the transcript, in seconds */
		seek(time) {
			this.media.currentTime = Math.max(0, time - this.offset), this.follow(!0), this.update(time);
		}
		/** Goes to the time of a link to a paragraph. The paragraph can start earlier. */
		seekTo(link) {
			this.clickedHash = link.hash, this.seek(startOf(link));
		}
		/** Stops scrolling to the part that is being spoken. */
		stopFollowing() {
			this.follow(!1);
		}
		listen() {
			let { media } = this;
			media.addEventListener("play", () => {
				this.follow(!0), this.playFrames();
			}), media.addEventListener("timeupdate", () => this.update()), media.addEventListener("seeking", () => this.update()), media.addEventListener("error", () => this.showFailure()), media.error && this.showFailure(), media.addEventListener("loadedmetadata", () => {
				let isSound = media instanceof HTMLVideoElement && media.videoWidth === 0;
				this.root.classList.toggle("sound", isSound);
			}), element(".speed", this.root).addEventListener("change", ({ target }) => {
				media.playbackRate = Number(target.value);
			}), this.followButton.addEventListener("click", () => {
				this.follow(!this.isFollowing), this.isFollowing && this.transcript.scrollToCurrent(this.height);
			}), this.stopFollowingOnScroll(), addEventListener("hashchange", () => {
				location.hash !== this.clickedHash && this.goToHash(), this.clickedHash = "";
			});
		}
		/** Makes the browser scroll the target of a link to below the player instead of behind it. */
		keepTargetsVisible() {
			let { style } = document.documentElement;
			new ResizeObserver(() => {
				style.scrollPaddingTop = \`\${this.root.offsetHeight + MARGIN}px\`;
			}).observe(this.root);
		}
		showFailure() {
			element(".failure", this.root).hidden = !1;
		}
		/** Updates the transcript in every frame, because \`timeupdate\` only fires about four times per second. */
		playFrames() {
			this.update(), !this.media.paused && !this.media.ended && requestAnimationFrame(() => this.playFrames());
		}
		update(time = this.time) {
			if (!this.transcript.show(time)) return;
			let chapter = this.chapters.findLast(({ start }) => start <= time);
			for (let { link } of this.chapters)
				link === chapter?.link ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
			this.isFollowing && this.transcript.scrollToCurrent(this.height);
		}
		follow(isFollowing) {
			this.isFollowing = isFollowing, this.followButton.setAttribute("aria-pressed", String(isFollowing));
		}
		/** Readers who scroll want to read elsewhere, so the page must not scroll back. */
		stopFollowingOnScroll() {
			let stop = () => this.stopFollowing();
			addEventListener("wheel", stop, { passive: !0 }), addEventListener("touchmove", stop, { passive: !0 }), addEventListener("keydown", ({ key, target }) => {
				SCROLL_KEYS.includes(key) && !target.matches("input, select, audio, video") && stop();
			}), addEventListener("pointerdown", ({ target }) => {
				target === document.documentElement && stop();
			});
		}
		/** Goes to the time in the page's URL. */
		goToHash() {
			let time = this.transcript.startOfTarget(location.hash) ?? momentIn(location.hash);
			time !== void 0 && this.transcript.isTimed && this.seek(time);
		}
	};
	function startOf(link) {
		return Number(element("time", link).dateTime.slice(2, -1));
	}
	var ACCENTS = /[\\u0300-\\u036f\\u0591-\\u05c7\\u064b-\\u065f\\u0670]/g;
	var SearchableText = class {
		folded;
		/** The range of the original text for each code unit of \`folded\`. Undefined if they are the same. */
		places;
		constructor(text2) {
			if (/^[\\x20-\\x7e]*$/.test(text2)) {
				this.folded = text2.toLowerCase();
				return;
			}
			let places = [], [folded, from] = ["", 0];
			for (let character of charactersOf(text2)) {
				let to = from + character.length, letters = fold(character);
				folded += letters;
				for (let unit = 0; unit < letters.length; unit++) places.push({ from, to });
				let last = places.at(-1);
				letters === "" && last && (last.to = to), from = to;
			}
			this.folded = folded, this.places = places;
		}
		/** @param query see {@link fold}. Must not be empty. */
		find(query) {
			let found = [];
			for (let at = this.folded.indexOf(query); at >= 0; at = this.folded.indexOf(query, at + query.length)) {
				let end = at + query.length;
				found.push({ from: this.places?.[at]?.from ?? at, to: this.places?.[end - 1]?.to ?? end });
			}
			return found;
		}
	}, COMPOSABLE = new RegExp("[\\\\u1100-\\\\u115f][\\\\u1160-\\\\u11a7][\\\\u11a8-\\\\u11ff]?|.\\\\p{M}*", "gsu");
	function charactersOf(text2) {
		return text2 === text2.normalize("NFC") ? text2 : (text2.match(COMPOSABLE) ?? []).flatMap((part) => part === part.normalize("NFC") ? [...part] : [part]);
	}
	function fold(text2) {
		return text2.normalize("NFD").replace(ACCENTS, "").normalize("NFC").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").replace(/[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]/g, " ").replace(/[\\u2010\\u2011]/g, "-").replace(/['‘’ʼ]/g, "'").replace(/[“”„«»]/g, '"');
	}
	var HIGHLIGHTED = 1e3, SearchBox = class {
		constructor(root2, transcript2, player2) {
			this.transcript = transcript2;
			this.player = player2;
			this.field = element("input", root2), this.count = element("output", root2), this.buttons = [element(".previous", root2), element(".next", root2)], this.field.addEventListener("input", () => this.search()), this.field.addEventListener("keydown", (event) => this.onKey(event));
			for (let [index, button] of this.buttons.entries())
				button.addEventListener("click", () => this.select(this.selected + (index === 0 ? -1 : 1)));
		}
		transcript;
		player;
		field;
		count;
		buttons;
		texts;
		results = [];
		selected = 0;
		marked;
		focus() {
			this.field.focus(), this.field.select();
		}
		onKey(event) {
			event.isComposing || (event.key === "Enter" ? (event.preventDefault(), this.select(this.selected + (event.shiftKey ? -1 : 1))) : event.key === "Escape" && (event.preventDefault(), this.field.value = "", this.search(), this.field.blur()));
		}
		search() {
			let query = fold(this.field.value).trim();
			this.texts ??= this.transcript.paragraphs.map((paragraph) => [paragraph, new SearchableText(paragraph.text)]), this.results = query === "" ? [] : this.texts.flatMap(([paragraph, text2]) => text2.find(query).map((place) => ({ paragraph, place })));
			for (let button of this.buttons) button.disabled = this.results.length === 0;
			this.results.length > 0 ? this.select(0) : this.show(query === "" ? "" : "No results");
		}
		/** @param index wraps around */
		select(index) {
			let { length } = this.results;
			if (length === 0) return;
			this.selected = (index + length) % length;
			let { paragraph, place } = this.results[this.selected];
			this.show(\`\${this.selected + 1} of \${length}\`), this.player.stopFollowing(), this.transcript.scrollTo(paragraph, place, this.player.height);
		}
		show(count) {
			this.count.value = count;
			let from = Math.max(0, this.selected - HIGHLIGHTED), nearby = this.results.slice(from, this.selected + HIGHLIGHTED);
			highlight("found", nearby.map(rangeOf), 1), highlight("selected", this.results.slice(this.selected, this.selected + 1).map(rangeOf), 2), this.marked?.element.classList.remove("found"), this.marked = this.results[this.selected]?.paragraph, this.marked?.element.classList.add("found");
		}
	}, rangeOf = ({ paragraph, place }) => paragraph.range(place);
	function decodeUnits(text2) {
		let units = { offsets: [], starts: [] }, [offset, time] = [0, 0], numbers = text2 === "" ? [] : text2.split(" ").map(Number);
		for (let index = 0; index + 1 < numbers.length; index += 2)
			units.offsets.push(offset += numbers[index] ?? 0), units.starts.push((time += numbers[index + 1] ?? 0) / 100);
		return units;
	}
	var Paragraph = class {
		constructor(element2, speaker) {
			this.element = element2;
			this.speaker = speaker;
		}
		element;
		speaker;
		parsed;
		get text() {
			return this.textNode.data;
		}
		get units() {
			return this.parsed ??= decodeUnits(this.element.dataset.at ?? "");
		}
		get span() {
			return { start: Number.parseInt(this.element.dataset.at?.split(" ", 2)[1] ?? "", 10) / 100, end: Number(this.element.dataset.end) };
		}
		/** Returns the unit at an offset in the text. */
		unitFrom(offset) {
			return this.unit(lastAtOrBefore(this.units.offsets, offset));
		}
		/** Returns the unit that is spoken at a time, in seconds. */
		unitAt(time) {
			return this.unit(lastAtOrBefore(this.units.starts, time));
		}
		unit(index) {
			let { offsets, starts } = this.units, [from, start] = [offsets[index], starts[index]];
			if (from === void 0 || start === void 0) return;
			let text2 = this.text.slice(from, offsets[index + 1]).trimEnd();
			return { from, to: from + text2.length, start };
		}
		range({ from, to }) {
			let range = document.createRange();
			return range.setStart(this.textNode, from), range.setEnd(this.textNode, to), range;
		}
		/** Whether the node is the paragraph's text. */
		contains(node) {
			return node === this.textNode;
		}
		get textNode() {
			let span = element("span", this.element);
			return span.childNodes.length > 1 && span.normalize(), span.firstChild;
		}
	}, Transcript = class {
		constructor(root2) {
			this.root = root2;
			let speaker;
			this.paragraphs = [...root2.querySelectorAll("section")].flatMap((section) => (section.hasAttribute("data-continued") || (speaker = section.querySelector("h2")?.textContent), [...section.querySelectorAll("p")].map((paragraph) => new Paragraph(paragraph, speaker))));
			let timed = this.paragraphs.filter((paragraph) => paragraph.element.dataset.at !== void 0).map((paragraph) => ({ paragraph, span: paragraph.span })).sort((a, b) => a.span.start - b.span.start);
			this.timed = timed.map(({ paragraph }) => paragraph), this.timeline = new Timeline(timed.map(({ span }) => span)), this.byElement = new Map(this.paragraphs.map((paragraph) => [paragraph.element, paragraph]));
		}
		root;
		paragraphs;
		/** The paragraphs with times, sorted by start. In the page, those of one speaker stay together if another speaks in between. */
		timed;
		timeline;
		byElement;
		current;
		currentUnit;
		/** Returns the position on the screen of what the page was scrolled to last. */
		scrollTarget = () => this.root.getBoundingClientRect();
		/** Whether the transcript has times, so that it can follow the recording. */
		get isTimed() {
			return this.timed.length > 0;
		}
		/** Returns when the paragraph starts that a fragment such as \`#t=12.3\` links to, whose time is rounded. */
		startOfTarget(hash) {
			return this.timed.find(({ element: element2 }) => element2.id !== "" && \`#\${element2.id}\` === hash)?.span.start;
		}
		/** Marks the paragraph and, if their times are known, the word at a time in seconds. Returns whether anything changed. */
		show(time) {
			let paragraph = this.timed[this.timeline.at(time)], unit = this.root.dataset.units === "words" ? paragraph?.unitAt(time) : void 0;
			return paragraph === this.current && unit?.from === this.currentUnit?.from ? !1 : (paragraph !== this.current && (this.current?.element.removeAttribute("aria-current"), paragraph?.element.setAttribute("aria-current", "true")), highlight("spoken", paragraph && unit ? [paragraph.range(unit)] : []), [this.current, this.currentUnit] = [paragraph, unit], !0);
		}
		/** Scrolls to the part being spoken unless it is already on screen. @param top the height that the player covers */
		scrollToCurrent(top) {
			this.current && this.scrollTo(this.current, this.currentUnit, top);
		}
		/** @param top the height that the player covers, in CSS pixels */
		scrollTo(paragraph, place, top) {
			let { bottom, top: from } = paragraph.element.getBoundingClientRect(), isNear = bottom > -innerHeight && from < 2 * innerHeight;
			this.scrollTarget = () => (place ? paragraph.range(place) : paragraph.element).getBoundingClientRect(), isNear ? this.scrollToTarget(top, matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth") : this.jumpToTarget(this.scrollTarget, top);
		}
		/** Jumps until the target is on screen, because the heights of distant parts are estimated until they are laid out. */
		jumpToTarget(target, top, attempts = 10) {
			this.scrollTarget !== target || attempts === 0 || this.scrollToTarget(top, "instant") || requestAnimationFrame(() => this.jumpToTarget(target, top, attempts - 1));
		}
		/** Scrolls unless the target is already on screen. Returns whether it is. */
		scrollToTarget(top, behavior) {
			let rect = this.scrollTarget();
			return rect.top >= top + 8 && rect.bottom <= innerHeight - 24 ? !0 : (scrollBy({ top: rect.top - top - (innerHeight - top) / 3, behavior }), !1);
		}
		/** Returns when the text at a point on the screen is spoken, in seconds. Undefined if there is no text. */
		timeAtPoint(x, y) {
			let place = textPlaceAt(x, y), paragraph = place && this.byElement.get(place.node.parentElement?.closest("p"));
			if (!place || !paragraph?.contains(place.node)) return;
			let unit = paragraph.unitFrom(place.offset), isOnText = ({ left, right, top, bottom }) => x >= left - 4 && x <= right + 4 && y >= top && y <= bottom;
			return unit && [...paragraph.range(unit).getClientRects()].some(isOnText) ? unit.start : void 0;
		}
	};
	function textPlaceAt(x, y) {
		if ("caretPositionFromPoint" in document) {
			let position = document.caretPositionFromPoint(x, y);
			return position ? { node: position.offsetNode, offset: position.offset } : void 0;
		}
		let range = document.caretRangeFromPoint(x, y);
		return range ? { node: range.startContainer, offset: range.startOffset } : void 0;
	}
	var root = element(".player"), text = element(".transcript"), transcript = new Transcript(text), player = new Player(root, transcript), searchBox = new SearchBox(element("[role=search]", root), transcript, player), shortcuts = element(".shortcuts", root);
	connectCopyButtons(root, transcript, player);
	for (let tools of root.querySelectorAll("[hidden].tools")) tools.hidden = !1;
	text.addEventListener("click", (event) => {
		if (hasModifier(event) || event.shiftKey || event.target.closest("a") || getSelection()?.isCollapsed === !1) return;
		let time = transcript.timeAtPoint(event.clientX, event.clientY);
		time !== void 0 && player.seek(time);
	});
	document.addEventListener("click", (event) => {
		let link = event.target.closest('a[href^="#t="]');
		link && !hasModifier(event) && !event.shiftKey && player.seekTo(link);
	});
	var CONTROLS = "input:not([type=checkbox]), textarea, select, audio, video, [contenteditable]", BUTTONS = "button, summary, [type=checkbox]";
	document.addEventListener("keydown", (event) => {
		if (event.defaultPrevented || event.isComposing || hasModifier(event) || !shortcuts.checked) return;
		let uses = (controls) => event.target instanceof Element && event.target.closest(controls) !== null;
		if (!(uses(CONTROLS) || event.key === " " && uses(BUTTONS))) {
			if (event.key === "/") searchBox.focus();
			else {
				if (event.shiftKey) return;
				if (event.key === " ") player.toggle(event.repeat);
				else if (event.key === "ArrowLeft") player.skip(-1);
				else if (event.key === "ArrowRight") player.skip(1);
				else return;
			}
			event.preventDefault();
		}
	});
	var menus = [...root.querySelectorAll("details")], closeMenus = (except) => {
		for (let menu of menus) (!except || !menu.contains(except)) && (menu.open = !1);
	};
	document.addEventListener("click", ({ target }) => closeMenus(target));
	root.addEventListener("keydown", ({ key, target }) => {
		let menu = target.closest("details");
		key !== "Escape" || !menu?.open || (menu.open = !1, element("summary", menu).focus());
	});
})();
`,
	hash: 'sha256-UWjBEixb5oV3yqQNl+fcLWbalO3JznGo1QaV2nivaHo=',
};
