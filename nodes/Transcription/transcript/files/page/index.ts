import { cleanText } from '../../segments/text';
import type { ExportContext } from '../exportContext';
import { directionOf, escape } from '../htmlText';
import { type InlineAsset, PAGE_STYLE, PLAYER_SCRIPT, PLAYER_STYLE } from './assets';
import { actionItems, chapters, metadata, speakers, summary } from './overview';
import { type Page, pageOf } from './page';
import { playerHtml } from './player';
import { insertContent, type PageRecording } from './recording';
import { transcriptHtml } from './transcript';

/**
 * Creates a self-contained HTML page without external fonts, images, or scripts. Every paragraph is a link target with
 * its time in seconds, such as `#t=12.3` (W3C Media Fragments).
 *
 * With a recording, the page has a player and a script that connects it to the text. Without one, it has no script. A page
 * with an embedded recording is returned as bytes, because it is too large to be used as text.
 */
export function makePage(context: ExportContext): string | Uint8Array {
	const page = pageOf(context);
	const html = htmlOf(page);
	const { url = '', content } = page.recording ?? {};
	return content ? insertContent(html, url, content) : html;
}

function htmlOf(page: Page): string {
	const { context, recording, showsTimes } = page;
	const locale = context.spoken.locale;
	const heading = escape(cleanText(context.settings.title ?? '') || 'Transcript');
	const styles = recording ? [PAGE_STYLE, PLAYER_STYLE] : [PAGE_STYLE];
	const classes = [showsTimes && 'timed', recording && 'playable'].filter(Boolean).join(' ');
	return `<!doctype html>
<html${locale === undefined ? '' : ` lang="${locale}"`} dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(styles, recording)}">
<title>${heading}</title>
${styles.map(({ text }) => `<style>${text}</style>\n`).join('')}</head>
<body>
<main${classes === '' ? '' : ` class="${classes}"`}>
${recording ? playable(page, recording, heading) : quiet(page, heading)}</main>
${recording ? `<script>${PLAYER_SCRIPT.text}</script>\n` : ''}</body>
</html>
`;
}

function quiet(page: Page, heading: string): string {
	return `<header>
<h1>${heading}</h1>
${metadata(page)}${summary(page)}${chapters(page)}${actionItems(page)}</header>
${transcriptHtml(page)}`;
}

function playable(page: Page, recording: PageRecording, heading: string): string {
	const about = `${summary(page)}${speakers(page)}${actionItems(page)}`;
	return `<header>
<h1>${heading}</h1>
${metadata(page)}</header>
${playerHtml(page, recording)}${about === '' ? '' : `<div class="about">\n${about}</div>\n`}${chapters(page)}${transcriptHtml(page)}`;
}

/** Allows only the page's own styles and script, and the recording. */
function contentSecurityPolicy(styles: readonly InlineAsset[], recording: PageRecording | undefined): string {
	const directives = ["default-src 'none'", `style-src ${styles.map(({ hash }) => `'${hash}'`).join(' ')}`];
	if (recording) {
		directives.push(`script-src '${PLAYER_SCRIPT.hash}'`, `media-src ${escape(recording.source)}`);
		directives.push("require-trusted-types-for 'script'");
	}
	return [...directives, "base-uri 'none'", "form-action 'none'"].join('; ');
}
