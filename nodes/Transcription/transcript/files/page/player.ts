import { escape } from '../htmlText';
import type { Page } from './page';
import type { PageRecording } from './recording';

/** Playback rates to choose from. */
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

/** Keyboard shortcuts, as in `client/main.ts`. */
const SHORTCUTS: ReadonlyArray<readonly [string, string]> = [
	['Space', 'Play or pause'],
	['←', 'Back 5 seconds'],
	['→', 'Forward 5 seconds'],
	['/', 'Search'],
	['Enter', 'Next result'],
	['Shift Enter', 'Previous result'],
];

/**
 * Returns the player with its tools: search, following, speed, and copying. Without the page's script, only the
 * browser's own player is shown.
 */
export function playerHtml(page: Page, recording: PageRecording): string {
	const { isVideo, url } = recording;
	const element = isVideo ? 'video' : 'audio';
	const { spoken, settings } = page.context;
	const { offsetSeconds = 0 } = settings;
	const offset = offsetSeconds === 0 ? '' : ` data-offset="${offsetSeconds}"`;
	return `<div class="player" role="region" aria-label="Recording" lang="en" dir="ltr">
<${element} controls preload="metadata"${isVideo ? ' playsinline' : ''}${offset} src="${escape(url)}"></${element}>
${failure(recording)}<div class="tools" hidden>
<div class="search" role="search"><input type="search" dir="auto" placeholder="Search" aria-label="Search the transcript" autocomplete="off" spellcheck="false"><output></output><button type="button" class="previous" aria-label="Previous result" disabled>↑</button><button type="button" class="next" aria-label="Next result" disabled>↓</button></div>
<button type="button" class="follow" aria-pressed="true" title="Scroll to what is being said"${spoken.timed ? '' : ' hidden'}>Follow</button>
<select class="speed" aria-label="Speed">${SPEEDS.map(speedOption).join('')}</select>
<details class="menu"><summary>Copy</summary><div>${copyButtons(page)}</div></details>
<details class="menu keyboard"><summary>Keyboard</summary><div>${shortcuts()}</div></details>
<span class="hidden" role="status"></span>
</div>
</div>
`;
}

const speedOption = (speed: number) => `<option value="${speed}"${speed === 1 ? ' selected' : ''}>${speed}×</option>`;

function failure({ content, url }: PageRecording): string {
	const help = content
		? 'Your browser doesn’t support its format.'
		: `The link may have expired, redirect to another site, require you to sign in, or lead to a format that your browser doesn’t support. <a href="${escape(url)}" rel="noreferrer">Open the recording</a>`;
	return `<div class="failure" role="alert" hidden>The recording can’t be played here. ${help}</div>\n`;
}

function copyButtons({ context, colors }: Page): string {
	const buttons = [['text', 'Copy text']];
	if (colors.size > 0) buttons.push(['speakers', 'Copy with speakers']);
	if (context.spoken.timed) buttons.push(['link', 'Copy link to this moment']);
	return buttons.map(([what, label]) => `<button type="button" data-copy="${what}">${label}</button>`).join('');
}

function shortcuts(): string {
	const rows = SHORTCUTS.map(([key, action]) => `<div><dt><kbd>${key}</kbd></dt><dd>${action}</dd></div>`);
	return `<dl>${rows.join('')}</dl><label><input type="checkbox" class="shortcuts" checked> Use shortcuts</label>`;
}
