import { speakerName } from './files/settings';
import { joinsWithoutSpace } from './join';
import type { Transcript } from './model';
import { cleanText } from './segments/text';

/**
 * Returns the text with one line per turn, such as `Daniel: Hello`, for notes and messages.
 * @returns undefined if the transcript distinguishes neither speakers nor channels
 */
export function textWithSpeakersOf({ utterances = [] }: Pick<Transcript, 'utterances'>): string | undefined {
	const lines: string[] = [];
	let last: string | undefined;
	let hasNames = false;
	for (const utterance of utterances) {
		const text = cleanText(utterance.text);
		if (text === '') continue;
		const name = speakerName(utterance, {});
		hasNames ||= name !== undefined;
		if (name !== undefined && name === last) {
			const line = lines.pop() ?? '';
			lines.push(joinsWithoutSpace(line, text) ? line + text : `${line} ${text}`);
		} else {
			lines.push(name === undefined ? text : `${name}: ${text}`);
		}
		last = name;
	}
	return hasNames ? lines.join('\n') : undefined;
}
