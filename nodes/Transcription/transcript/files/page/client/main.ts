import { connectCopyButtons } from './clipboard';
import { element, hasModifier } from './dom';
import { Player } from './player';
import { SearchBox } from './searchBox';
import { Transcript } from './transcript';

/** The script of a page with a recording. It is bundled into `assets.ts`. */

const root = element<HTMLElement>('.player');
const text = element<HTMLElement>('.transcript');
const transcript = new Transcript(text);
const player = new Player(root, transcript);
const searchBox = new SearchBox(element('[role=search]', root), transcript, player);
const shortcuts = element<HTMLInputElement>('.shortcuts', root);

connectCopyButtons(root, transcript, player);
for (const tools of root.querySelectorAll<HTMLElement>('[hidden].tools')) tools.hidden = false;

text.addEventListener('click', (event) => {
	if (hasModifier(event) || event.shiftKey || (event.target as Element).closest('a')) return;
	// The reader is selecting text to copy it.
	if (getSelection()?.isCollapsed === false) return;
	const time = transcript.timeAtPoint(event.clientX, event.clientY);
	if (time !== undefined) player.seek(time);
});

document.addEventListener('click', (event) => {
	const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#t="]');
	if (link && !hasModifier(event) && !event.shiftKey) player.seekTo(link);
});

/** Elements that use all keys themselves. */
const CONTROLS = 'input:not([type=checkbox]), textarea, select, audio, video, [contenteditable]';

/** Elements that only use Enter and the space bar. */
const BUTTONS = 'button, summary, [type=checkbox]';

document.addEventListener('keydown', (event) => {
	if (event.defaultPrevented || event.isComposing || hasModifier(event) || !shortcuts.checked) return;
	const uses = (controls: string) => event.target instanceof Element && event.target.closest(controls) !== null;
	if (uses(CONTROLS) || (event.key === ' ' && uses(BUTTONS))) return;
	// Some keyboards need Shift to type a slash.
	if (event.key === '/') searchBox.focus();
	else if (event.shiftKey) return;
	else if (event.key === ' ') player.toggle(event.repeat);
	else if (event.key === 'ArrowLeft') player.skip(-1);
	else if (event.key === 'ArrowRight') player.skip(1);
	else return;
	event.preventDefault();
});

const menus = [...root.querySelectorAll('details')];
const closeMenus = (except?: Node) => {
	for (const menu of menus) if (!except || !menu.contains(except)) menu.open = false;
};
document.addEventListener('click', ({ target }) => closeMenus(target as Node));
root.addEventListener('keydown', ({ key, target }) => {
	const menu = (target as Element).closest('details');
	if (key !== 'Escape' || !menu?.open) return;
	menu.open = false;
	element<HTMLElement>('summary', menu).focus();
});
