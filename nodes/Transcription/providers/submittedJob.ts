import { z } from 'zod';
import { ServiceRefusal } from '../http/refusal';
import type { JobStatus } from '../transcript/model';
import type { SubmittedJob } from './provider';

/**
 * The job from the answer to a submit, its ID also from a damaged one: the job exists and costs money.
 *
 * @param service display name of the provider
 * @param idFields members that may hold the ID, the surest first; also looked for inside `result` and `data`
 * @throws ServiceRefusal where no ID can be found, with what to do before submitting again
 */
export function submittedJob(
	service: string,
	answer: unknown,
	idFields: readonly string[],
	toStatus: (status: string) => JobStatus,
): SubmittedJob {
	const members = [answer, ...['result', 'data'].map((name) => memberOf(answer, name))];
	const inMember = idFields.flatMap((field) => members.map((member) => memberOf(member, field))).find(isId);
	const id = inMember ?? idFields.map((field) => inText(answer, field)).find((found) => found !== undefined);
	if (id === undefined) {
		throw new ServiceRefusal({
			message: `${service} accepted the job, but its answer cannot be read`,
			description: `If a callback was asked for, it still comes: the trigger receives the transcript as usual; with Submit and Wait, n8n’s log names the job. Look for the job at ${service} before submitting the recording again, or it may be charged twice.`,
			outcomeUnknown: true,
		});
	}
	const status = members.map((member) => memberOf(member, 'status')).find((found) => typeof found === 'string');
	return { id, status: status === undefined ? 'queued' : toStatus(status as string) };
}

function memberOf(value: unknown, name: string): unknown {
	return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

const isId = (value: unknown): value is string => z.string().regex(/^[A-Za-z0-9_-]{1,128}$/).safeParse(value).success;

function inText(answer: unknown, field: string): string | undefined {
	const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? '');
	return new RegExp(`"${field}"\\s*:\\s*"([A-Za-z0-9_-]{1,128})"`).exec(text)?.[1];
}
