import { createHmac } from 'node:crypto';
import { memberAt, parseJson } from '../core/json';
import { provenSecret, sameSignature } from './secrets';
import { type Delivery, singleHeader, type Verification } from './delivery';

/**
 * Requests that this package sends to itself, signed with the secret for callbacks to the same URL:
 *
 * - `ping`: Submit checks that the trigger is listening and has the same secret, before the job costs money. Doesn't
 *   start an execution.
 * - `sample`: the trigger sends itself a finished transcript, or an example, while a user tests it in the editor.
 * - `checkJobs`: Submit and Wait asks its own waiting execution to check whether its jobs have finished.
 * - `status`: Submit and Wait checks whether its own execution is still waiting for a batch of jobs. Doesn't resume it.
 */
export type ProbeKind = 'ping' | 'sample' | 'checkJobs' | 'status';

const KINDS: readonly string[] = ['ping', 'sample', 'checkJobs', 'status'] satisfies ProbeKind[];

export const PROBE_HEADER = 'X-Transcription-Probe';
export const PROBE_SIGNATURE_HEADER = 'X-Transcription-Probe-Signature';

/**
 * The trigger's response to a ping. It proves that the response came from the trigger, not from a login page or another
 * server.
 */
export const PING_ANSWER = { trigger: 'ready' } as const;

/** The body of the trigger's 401 response to any request that it can't verify. */
export const NOT_VERIFIED = { message: 'Not verified' } as const;

/**
 * The processes of an n8n instance may run on machines with different clocks. Replaying a probe within this time is
 * harmless: a replayed sample only works on a test URL, and the other probes start nothing.
 */
const TOLERANCE_SECONDS = 900;

/** @param nowSeconds Unix time */
export function signProbe(
	kind: ProbeKind,
	secret: string,
	rawBody: string,
	nowSeconds: number,
): Record<string, string> {
	const time = Math.floor(nowSeconds);
	return {
		[PROBE_HEADER]: kind,
		[PROBE_SIGNATURE_HEADER]: `t=${time},v1=${mac(kind, secret, time, rawBody)}`,
	};
}

/**
 * Returns the kind of probe that a delivery claims to be, before verification, or undefined for a provider's callback.
 */
export function claimedProbe(delivery: Delivery): ProbeKind | undefined {
	const kind = singleHeader(delivery, PROBE_HEADER);
	return kind !== undefined && KINDS.includes(kind) ? (kind as ProbeKind) : undefined;
}

/** @param nowSeconds Unix time */
export function verifyProbe(
	kind: ProbeKind,
	delivery: Delivery,
	secrets: readonly string[],
	nowSeconds: number,
): Verification {
	const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(singleHeader(delivery, PROBE_SIGNATURE_HEADER) ?? '');
	if (!match) return { ok: false, reason: `the ${PROBE_SIGNATURE_HEADER} header is missing or malformed` };
	const time = Number(match[1]);
	if (Math.abs(nowSeconds - time) > TOLERANCE_SECONDS) {
		return { ok: false, reason: `the timestamp of the ${kind} is more than ${TOLERANCE_SECONDS} seconds off` };
	}
	const signature = match[2] as string;
	return provenSecret(secrets, (secret) => sameSignature(mac(kind, secret, time, delivery.rawBody), signature)) ===
		undefined
		? { ok: false, reason: `the ${kind} was signed with a different secret` }
		: { ok: true };
}

/** The content of a sample: the ID of a finished job, or the request for the example transcript. */
export type Sample = { id: string } | { example: true };

export function sampleBody(sample: Sample): string {
	return JSON.stringify(sample);
}

/** Returns the content of a verified sample, or undefined for any other body. */
export function readSample(delivery: Delivery): Sample | undefined {
	const body = parseJson(delivery.rawBody.toString('utf8'));
	const id = memberAt(body, 'id');
	if (typeof id === 'string') return { id };
	return memberAt(body, 'example') === true ? { example: true } : undefined;
}

function mac(kind: ProbeKind, secret: string, time: number, rawBody: string | Buffer): string {
	return createHmac('sha256', secret).update(`probe:${kind}.${time}.`).update(rawBody).digest('hex');
}
