import { element } from './dom';
import type { Player } from './player';
import type { Paragraph, Transcript } from './transcript';

/** Connects the buttons that copy the transcript or a link to a moment. */
export function connectCopyButtons(root: HTMLElement, transcript: Transcript, player: Player): void {
	const contents: Readonly<Record<string, () => string>> = {
		text: () => transcript.paragraphs.map(({ text }) => text).join('\n\n'),
		speakers: () => withSpeakers(transcript.paragraphs),
		link: () => `${location.href.replace(/#.*$/s, '')}#t=${Math.max(0, Math.floor(player.time * 10) / 10)}`,
	};
	const status = element('[role=status]', root);
	for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
		button.addEventListener('click', () => {
			status.textContent = '';
			const content = contents[button.dataset['copy'] ?? '']?.() ?? '';
			void copy(content).then((isCopied) => {
				status.textContent = isCopied ? 'Copied' : 'The browser didn’t allow copying';
			});
		});
	}
}

/** Puts the speaker before each paragraph in which the speaker changes. */
function withSpeakers(paragraphs: readonly Paragraph[]): string {
	return paragraphs
		.map(({ speaker, text }, index) =>
			speaker === undefined || speaker === paragraphs[index - 1]?.speaker ? text : `${speaker}: ${text}`,
		)
		.join('\n\n');
}

async function copy(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Browsers only offer the clipboard to pages from https:// or a file.
		return copyBySelection(text);
	}
}

function copyBySelection(text: string): boolean {
	const { activeElement } = document;
	const field = document.createElement('textarea');
	field.value = text;
	document.body.append(field);
	field.select();
	const isCopied = document.execCommand('copy');
	field.remove();
	if (activeElement instanceof HTMLElement) activeElement.focus();
	return isCopied;
}
