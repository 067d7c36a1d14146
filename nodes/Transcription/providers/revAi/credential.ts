import type { ICredentialTestRequest } from 'n8n-workflow';
import {
	acceptOnly,
	bodyRule,
	credentialTest,
	mixedRules,
	statusRule,
	unexpectedResponse,
} from '../common/credentialForm';
import { DISPLAY_NAME, JOBS_PATH, REV_AI_REGIONS } from './constants';

/** An ID that doesn't belong to any job. */
const NONEXISTENT_JOB = 'n8nCredTest0';

const INVALID_KEY =
	'Rev AI didn’t accept the API key. Check that the access token is complete and belongs to this region.';
const NOT_NOW = 'Rev AI can’t check the API key right now. Try again later.';
const UNEXPECTED = unexpectedResponse(DISPLAY_NAME);

const MESSAGES: ReadonlyArray<readonly [status: number, message: string]> = [
	...[401, 403].map((status) => [status, INVALID_KEY] as const),
	...[429, 500, 502, 503, 504].map((status) => [status, NOT_NOW] as const),
];

/**
 * Requests a job that doesn't exist. The account itself isn't documented for Europe, and n8n can't test with the list of
 * jobs, which may be empty. Only “not found” means that the token was accepted; every other status fails.
 *
 * In n8n versions that ignore all statuses (see `acceptOnly`), only the body can be checked. Errors repeat the status in
 * the body and always have a title. Source: Rev AI docs, “Asynchronous API reference”, `GET /jobs/{id}`; Rev AI's Node
 * SDK 3.8.5, `RevAiApiError`.
 */
export function credentialTestByMissingJob(): ICredentialTestRequest {
	const { request } = credentialTest(REV_AI_REGIONS, `${JOBS_PATH}/${NONEXISTENT_JOB}`, INVALID_KEY);
	return {
		request: { ...request, ignoreHttpStatusErrors: acceptOnly([404]) },
		rules: mixedRules([
			...MESSAGES.map(([status, message]) => statusRule(status, message)),
			statusRule(200, UNEXPECTED),
			...MESSAGES.map(([status, message]) => bodyRule('status', status, message)),
			bodyRule('title', undefined, UNEXPECTED),
		]),
	};
}
