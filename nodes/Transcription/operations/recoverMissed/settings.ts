import { userError } from '../../core/userError';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readBoolean, readTerms, readNumber } from '../../core/optionReaders';
import { readConcurrency } from '../../shared/concurrency';
import { readDate } from '../../shared/dates';

export const DEFAULT_MAX_TRANSCRIPTS = 100;
export const DEFAULT_GRACE_MINUTES = 60;
export const GRACE_MINUTES = { min: 5, max: 1440 };

const EVENTS = ['completed', 'failed'] as const;
export type EndStatus = (typeof EVENTS)[number];

/** Settings for an entire run, read from the first item's parameters. */
export interface RecoverSettings {
	/** At least one. */
	events: readonly EndStatus[];
	/** Maximum number of transcripts that one run returns. */
	maxTranscripts: number;
	/** If set, events that weren't acknowledged within this many seconds of being received are included. */
	graceSeconds?: number;
	/** Whether to include listed jobs without a callback URL, for services that don't report callback URLs. */
	includeUnattributed: boolean;
	/** Whether to include jobs of Submit and Wait whose execution crashed. Requires the service's list. */
	includeCrashedExecutions: boolean;
	/** Maximum number of jobs to fetch at a time. */
	concurrency: number;
}

/** @throws UserError */
export function readSettings(context: IExecuteFunctions): RecoverSettings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const grace = readNumber(options.graceMinutes, 'Grace Period (Minutes)', GRACE_MINUTES) ?? DEFAULT_GRACE_MINUTES;
	const maxTranscripts = readNumber(options.maxTranscripts, 'Max Transcripts', { min: 1, integer: true });
	return {
		events: readEvents(options.events),
		maxTranscripts: maxTranscripts ?? DEFAULT_MAX_TRANSCRIPTS,
		...(readBoolean(options.includeUnacknowledged, 'Include Unacknowledged') && { graceSeconds: grace * 60 }),
		includeUnattributed: readBoolean(options.includeUnattributed, 'Include Unattributed Jobs'),
		includeCrashedExecutions: readBoolean(options.includeCrashedExecutions, 'Include Crashed Executions'),
		concurrency: readConcurrency(context),
	};
}

function readEvents(value: unknown): readonly EndStatus[] {
	if (value === undefined) return EVENTS;
	const names = readTerms(value);
	const events = EVENTS.filter((event) => names.includes(event));
	if (events.length > 0 && events.length === new Set(names).size) return events;
	throw userError(`“Events” has an invalid value: ${JSON.stringify(value)}`, 'Choose Completed, Failed, or both.');
}

/**
 * Reads the Since parameter as Unix time in ms. A time without a zone is in the workflow's time zone.
 * @throws UserError
 */
export function readSince(context: IExecuteFunctions): number {
	const value = context.getNodeParameter('since', 0, '') as unknown;
	const since = readDate(context, value, 'Since')?.getTime();
	if (since === undefined) {
		throw userError(
			'“Since” is empty',
			'Choose a date and time, or use an expression such as {{ $now.minus({ hours: 6 }).toISO() }}.',
		);
	}
	if (since > Date.now()) {
		throw userError(
			`“Since” is ${JSON.stringify(value)}, which is in the future`,
			'Choose a time in the past, no later than the previous run.',
		);
	}
	return since;
}
