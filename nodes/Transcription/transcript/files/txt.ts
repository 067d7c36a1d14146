import { clock } from './clock';
import type { ExportContext } from './exportContext';

/** Creates plain text with one paragraph per line, separated by blank lines. */
export function makeTxt(context: ExportContext): string {
	const { includeTimestamps = false } = context.settings;
	return context
		.paragraphs()
		.map(({ text, label, start }) => {
			const time = includeTimestamps && start !== undefined ? `[${clock(start)}] ` : '';
			return `${time}${label === undefined ? '' : `${label}: `}${text}\n`;
		})
		.join('\n');
}
