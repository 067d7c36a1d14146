import { createHmac } from 'node:crypto';
import { memberAt, parseJson } from '../core/json';
import { provenSecret, sameSignature } from './secrets';
import { type Delivery, singleHeader, type Verification } from './delivery';

/**
 * Messages that this package sends to itself, signed with the secret that callbacks to the same place prove:
 *
 * - `ping`: Submit asks before money is spent whether the trigger listens and holds the same secret. Starts nothing.
 * - `sample`: the trigger hands itself a finished transcript while somebody tests by hand.
 * - `checkJobs`: Submit and Wait tells its own waiting execution to check whether its jobs have ended.
 * - `status`: Submit and Wait asks whether its own execution still waits for a batch of jobs. Resumes nothing.
 */
export type ProbeKind = 'ping' | 'sample' | 'checkJobs' | 'status';

const KINDS: readonly string[] = ['ping', 'sample', 'checkJobs', 'status'] satisfies ProbeKind[];

export const PROBE_HEADER = 'X-Transcription-Probe';
export const PROBE_SIGNATURE_HEADER = 'X-Transcription-Probe-Signature';

/** What the trigger answers to a ping: proof that no login page or other server answered in its place. */
export const PING_ANSWER = { trigger: 'ready' } as const;

/** What the trigger answers to whatever it cannot verify, with status 401. */
export const NOT_VERIFIED = { message: 'Not verified' } as const;

/**
 * The processes of one n8n may run on machines whose clocks differ. A probe that is replayed within this time does no harm:
 * it starts nothing, or (sample) only on a test URL.
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

/** The kind a delivery claims to be, or undefined for a provider's callback. Says nothing about its truth. */
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
	const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(
		singleHeader(delivery, PROBE_SIGNATURE_HEADER) ?? '',
	);
	if (!match) return { ok: false, reason: `the header ${PROBE_SIGNATURE_HEADER} is missing or malformed` };
	const time = Number(match[1]);
	if (Math.abs(nowSeconds - time) > TOLERANCE_SECONDS) {
		return { ok: false, reason: `the ${kind} was signed more than ${TOLERANCE_SECONDS} seconds away from now` };
	}
	const given = match[2] as string;
	return provenSecret(secrets, (secret) => sameSignature(mac(kind, secret, time, delivery.rawBody), given)) === undefined
		? { ok: false, reason: `the ${kind} was signed with another secret` }
		: { ok: true };
}

/** The body of a sample that names a job. */
export function sampleBody(id: string): string {
	return JSON.stringify({ id });
}

/** The ID that a verified sample names, or undefined for any other body. */
export function readSample(delivery: Delivery): string | undefined {
	const id = memberAt(parseJson(delivery.rawBody.toString('utf8')), 'id');
	return typeof id === 'string' ? id : undefined;
}

function mac(kind: ProbeKind, secret: string, time: number, rawBody: string | Buffer): string {
	return createHmac('sha256', secret).update(`probe:${kind}.${time}.`).update(rawBody).digest('hex');
}
