import type { Explain } from '../../http/errors';
import { JOBS_PATH, UPLOAD_PATH } from './constants';

/** Source: Gladia OpenAPI (August 2026), responses of each path; docs, “Delete”, “Data retention”. */
export const explain: Explain = (status, detail, path) => {
	const id = path.startsWith(`${JOBS_PATH}/`) ? path.slice(JOBS_PATH.length + 1).split('/')[0] : undefined;
	const quote = detail ? ` Gladia says: ${detail}` : '';
	if (status === 404 && id !== undefined) {
		return {
			message: `Gladia has no transcript with the ID “${id}”`,
			description: `Check “Transcript ID”, and “API Key” in the credential. It may have been deleted. Accounts with zero data retention keep no transcripts, so this node doesn’t support them.${quote}`,
			isNotFound: true,
		};
	}
	if (status === 403 && id !== undefined) {
		return {
			message: `Gladia doesn’t allow this API key to do that with job “${id}”`,
			description: `A job can only be deleted after it has ended. Wait until then, and check that the job belongs to this account.${quote}`,
		};
	}
	if (status === 403 && path === UPLOAD_PATH) {
		return {
			message: 'Gladia doesn’t allow this API key to upload files',
			description: `Check that your plan includes it. Accounts with zero data retention can’t upload files, and aren’t supported by this node, because their transcripts can’t be fetched.${quote}`,
		};
	}
	if (status === 403) {
		return {
			message: 'Gladia doesn’t allow this API key to do that',
			description: `Check that your plan includes the options of this node and has transcription time left.${quote}`,
		};
	}
	return undefined;
};
