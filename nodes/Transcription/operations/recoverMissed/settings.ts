import { userError } from '../../core/userError';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readBoolean, readTerms, readNumber } from '../../core/optionReaders';
import { readDate } from '../../shared/dates';

export const DEFAULT_MOST_TRANSCRIPTS = 100;
export const DEFAULT_GRACE_MINUTES = 60;
export const GRACE_MINUTES = { min: 5, max: 1440 };

const EVENTS = ['completed', 'failed'] as const;
export type EndStatus = (typeof EVENTS)[number];

/** What is the same for the whole run: the first item's parameters count. */
export interface RecoverSettings {
	/** At least one. */
	events: readonly EndStatus[];
	/** How many transcripts one run brings back. */
	maxTranscripts: number;
	/** Where what was not acknowledged is wanted: how long after its receipt, in seconds. */
	graceSeconds?: number;
	/** Whether jobs of the list that name no callback URL are taken too, by services that may never name one. */
	includeUnattributed: boolean;
	/** Whether jobs of Submit and Wait are taken too if their execution crashed. Only with the service's list. */
	includeCrashedExecutions: boolean;
}

/** @throws InputError */
export function readSettings(context: IExecuteFunctions): RecoverSettings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const grace = readNumber(options.graceMinutes, 'Grace Period (Minutes)', GRACE_MINUTES) ?? DEFAULT_GRACE_MINUTES;
	const most = readNumber(options.maxTranscripts, 'Max Transcripts', { min: 1, integer: true });
	return {
		events: readEvents(options.events),
		maxTranscripts: most ?? DEFAULT_MOST_TRANSCRIPTS,
		...(readBoolean(options.includeUnacknowledged, 'Include Unacknowledged') && { graceSeconds: grace * 60 }),
		includeUnattributed: readBoolean(options.includeUnattributed, 'Include Unattributed Jobs'),
		includeCrashedExecutions: readBoolean(options.includeCrashedExecutions, 'Include Crashed Executions'),
	};
}

function readEvents(value: unknown): readonly EndStatus[] {
	if (value === undefined) return EVENTS;
	const given = readTerms(value);
	const wanted = EVENTS.filter((event) => given.includes(event));
	if (wanted.length > 0 && wanted.length === new Set(given).size) return wanted;
	throw userError(`“Events” is ${JSON.stringify(value)}`, 'Choose Completed, Failed, or both.');
}

/**
 * Since when, in ms of Unix time. A time without a zone is one of the workflow's.
 * @throws InputError
 */
export function readSince(context: IExecuteFunctions): number {
	const given = context.getNodeParameter('since', 0, '') as unknown;
	const since = readDate(context, given, 'Since')?.getTime();
	if (since === undefined) {
		throw userError('“Since” is empty, which is no date', 'Pick a date and time, or let the expression give one, for example {{ $now.minus({ hours: 6 }).toISO() }}.');
	}
	if (since > Date.now()) {
		throw userError(`“Since” is ${JSON.stringify(given)}, which is still to come`, 'Choose a time in the past, at least since the last run.');
	}
	return since;
}
