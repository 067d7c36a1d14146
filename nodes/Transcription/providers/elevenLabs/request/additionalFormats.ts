import { userError } from '../../../core/userError';
import type { IDataObject } from 'n8n-workflow';
import { withoutAbsent } from '../../../transcript/model';
import { readBoolean, readNumber, undefinedIfEmpty, readText } from '../../../core/optionReaders';
import { FORMATS } from '../constants';

/** Source: ElevenLabs OpenAPI, `additional_formats` and `ExportOptions`. */
const MOST_FORMATS = 10;
/** Source: there, `SrtExportOptions` and `TxtExportOptions`; the others have no lines. */
const WITH_LINES = ['srt', 'txt'];

/**
 * The files that ElevenLabs makes of the transcript, as it wants to be asked. What was left at 0 or at the service's
 * default is not sent, since the defaults differ from format to format.
 *
 * @throws InputError
 */
export function additionalFormats(value: unknown): IDataObject[] | undefined {
	const given = [(value as { format?: unknown } | undefined)?.format ?? []].flat();
	const formats = given.filter((one): one is IDataObject => one !== null && typeof one === 'object');
	if (formats.length > MOST_FORMATS) {
		throw userError(`“Additional Formats” has ${formats.length} entries`, `ElevenLabs makes up to ${MOST_FORMATS}. Remove some.`);
	}
	return undefinedIfEmpty(formats.map(toExport));
}

function toExport(given: IDataObject): IDataObject {
	const format = readText(given.format);
	if (!FORMATS.some(({ value }) => value === format)) {
		throw userError(
			`“Additional Formats” has the format “${format ?? ''}”`,
			`Choose one of: ${FORMATS.map(({ value }) => value).join(', ')}.`,
		);
	}
	const perLine = count(given.maxCharactersPerLine, 'Max Characters per Line', true);
	if (perLine !== undefined && !WITH_LINES.includes(format as string)) {
		throw userError(
			`“Max Characters per Line” is set for the format ${format}`,
			'Only SRT and text have lines of a certain length. Set it to 0 for the others.',
		);
	}
	return withoutAbsent({
		format,
		include_speakers: choice(given.includeSpeakers, 'Include Speakers'),
		include_timestamps: choice(given.includeTimestamps, 'Include Timestamps'),
		max_characters_per_line: perLine,
		max_segment_chars: count(given.maxSegmentChars, 'Max Segment Characters', true),
		max_segment_duration_s: count(given.maxSegmentDuration, 'Max Segment Duration'),
		segment_on_silence_longer_than_s: count(given.segmentOnSilence, 'Segment on Silence'),
	}) as IDataObject;
}

function choice(value: unknown, name: string): boolean | undefined {
	return [undefined, 'default'].includes(readText(value)) ? undefined : readBoolean(value, name);
}

function count(value: unknown, name: string, integer = false): number | undefined {
	return readNumber(value, name, { min: 0, integer }) || undefined;
}
