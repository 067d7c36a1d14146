import type { FetchedJob } from '../providers/provider';
import { duration } from '../transcript/files/clock';

/** The start of a job's ID that tells jobs with the same recording apart. */
const SHORT_ID_LENGTH = 8;

/**
 * Returns a function that describes a listed job in one line, such as
 * `2026-11-28 14:05 · Completed · 12:34 · call.wav · 9ea68fd3`. If the service's list doesn't have the recording's name, the
 * description ends with the entire ID. Other unknown parts are omitted.
 * @param zone IANA name of the time zone for the date
 */
export function jobLabels(zone: string): (job: FetchedJob) => string {
	// Swedish dates are in ISO format.
	const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
	return ({ transcript: { createdAt, status, durationSeconds, recordingName, id } }) => {
		const created = Date.parse(createdAt ?? '');
		return [
			Number.isNaN(created) ? undefined : format.format(created),
			`${status.charAt(0).toUpperCase()}${status.slice(1)}`,
			durationSeconds === undefined ? undefined : duration(durationSeconds),
			...(recordingName === undefined ? [id] : [recordingName, id.slice(0, SHORT_ID_LENGTH)]),
		]
			.filter((part) => part !== undefined)
			.join(' · ');
	};
}
