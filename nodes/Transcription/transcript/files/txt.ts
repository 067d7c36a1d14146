import { clock } from './clock';
import type { ExportContext } from './exportContext';

/** Plain text: a paragraph a line, with a blank line between two. */
export function makeTxt(material: ExportContext): string {
	const { includeTimestamps = false } = material.settings;
	return material
		.paragraphs()
		.map(({ text, name, start, turns }) => {
			const time = includeTimestamps && start !== undefined ? `[${clock(start)}] ` : '';
			return `${time}${name !== undefined && turns ? `${name}: ` : ''}${text}\n`;
		})
		.join('\n');
}
