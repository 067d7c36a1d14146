import { clock } from './clock';
import type { ExportContext } from './exportContext';

/** Creates plain text with one paragraph per line, separated by blank lines. */
export function makeTxt(context: ExportContext): string {
	const { includeTimestamps = false } = context.settings;
	return context
		.paragraphs()
		.map(({ text, name, start, isNewSpeaker }) => {
			const time = includeTimestamps && start !== undefined ? `[${clock(start)}] ` : '';
			return `${time}${name !== undefined && isNewSpeaker ? `${name}: ` : ''}${text}\n`;
		})
		.join('\n');
}
