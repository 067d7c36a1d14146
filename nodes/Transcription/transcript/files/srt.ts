import { textOf } from '../segments/tokens';
import { timestamp } from './clock';
import type { Material } from './material';

/** SubRip, as players read it; there is no standard. */
export function makeSrt(material: Material): string {
	return material
		.cues(material.settings.withSpeakers ?? false)
		.map(({ startMs, endMs, lines }, index) => {
			const text = lines.map((line) => fit(textOf(line))).join('\n');
			return `${index + 1}\n${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}\n${text}\n`;
		})
		.join('\n');
}

/**
 * SRT knows no escaping, while players take `<…>` for HTML tags and `{\…}` for positions, and parsers may take an arrow
 * for a line of times. What would be taken for one of these is written with a character that looks like it.
 */
function fit(text: string): string {
	return text.replaceAll('-->', '→').replace(/<(?=[a-z/!?])/gi, '‹').replace(/\{(?=\\)/g, '(');
}
