import { joinsWithoutSpace } from './join';
import type { Transcript } from './model';
import { cleanText } from './segments/text';
import { sharedLabels, speakerLabels, speakerName } from './speakers';

/**
 * Returns the text with one line per turn, such as `Daniel: Hello`, for notes and messages.
 * @returns undefined if the transcript distinguishes neither speakers nor channels
 */
export function textWithSpeakersOf({ utterances = [] }: Pick<Transcript, 'utterances'>): string | undefined {
	const pieces: string[] = [];
	const labelOf = speakerLabels();
	const shared = sharedLabels(utterances);
	let last = '';
	let hasNames = false;
	for (const utterance of utterances) {
		const text = cleanText(utterance.text);
		if (text === '') continue;
		const name = speakerName(utterance, { shared });
		const label = labelOf(name);
		hasNames ||= name !== undefined;
		if (label !== undefined) pieces.push(last === '' ? '' : '\n', `${label}: `);
		else if (!joinsWithoutSpace(last, text)) pieces.push(' ');
		pieces.push(text);
		last = text;
	}
	return hasNames ? pieces.join('') : undefined;
}
