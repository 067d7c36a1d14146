import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { FORMATS } from '../constants';

/** Source: ElevenLabs OpenAPI, `additional_formats` and `ExportOptions`. */
const MAX_FORMATS = 10;
/** Formats that support a line length. Source: ElevenLabs OpenAPI, `SrtExportOptions`, `TxtExportOptions`. */
const LINE_FORMATS = ['srt', 'txt'];

/**
 * Returns the files to generate from the transcript, as request fields. Values left at 0 or at the format's default
 * aren't sent, because the defaults differ between formats.
 *
 * @throws UserError
 */
export function additionalFormats(value: unknown): IDataObject[] | undefined {
	const rows = [(value as { format?: unknown } | undefined)?.format ?? []].flat();
	const formats = rows.filter((row): row is IDataObject => row !== null && typeof row === 'object');
	if (formats.length > MAX_FORMATS) {
		throw userError(`“Additional Formats” has ${formats.length} entries`, `Keep at most ${MAX_FORMATS}.`);
	}
	return undefinedIfEmpty(formats.map(toExport));
}

function toExport(row: IDataObject): IDataObject {
	const format = readText(row.format);
	if (!FORMATS.some(({ value }) => value === format)) {
		throw userError(
			`“Additional Formats” contains an unknown format: “${format ?? ''}”`,
			`Choose one of: ${FORMATS.map(({ value }) => value).join(', ')}.`,
		);
	}
	const perLine = count(row.maxCharactersPerLine, 'Max Characters per Line', true);
	if (perLine !== undefined && !LINE_FORMATS.includes(format as string)) {
		throw userError(
			`“Max Characters per Line” isn’t supported by the format ${format}`,
			'Only SRT and text support a line length. Set it to 0 for other formats.',
		);
	}
	return withoutAbsent({
		format,
		include_speakers: choice(row.includeSpeakers, 'Include Speakers'),
		include_timestamps: choice(row.includeTimestamps, 'Include Timestamps'),
		max_characters_per_line: perLine,
		max_segment_chars: count(row.maxSegmentChars, 'Max Segment Characters', true),
		max_segment_duration_s: count(row.maxSegmentDuration, 'Max Segment Duration'),
		segment_on_silence_longer_than_s: count(row.segmentOnSilence, 'Segment on Silence'),
	}) as IDataObject;
}

function choice(value: unknown, name: string): boolean | undefined {
	return [undefined, 'default'].includes(readText(value)) ? undefined : readBoolean(value, name);
}

function count(value: unknown, name: string, integer = false): number | undefined {
	return readNumber(value, name, { min: 0, integer }) || undefined;
}
