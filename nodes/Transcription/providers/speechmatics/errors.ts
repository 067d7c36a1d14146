import type { Explain } from '../../http/errors';

/** Source: Speechmatics OpenAPI 2.0.0, responses of each path; docs, “Troubleshooting”. */
export const explain: Explain = (status, detail, path) => {
	const id = path.split('/')[3];
	const quote = detail ? ` Speechmatics says: ${detail}` : '';
	// If the request has no ID, a 410 refers to an engine version.
	if (id && (status === 404 || status === 410)) {
		return {
			message: `Speechmatics has no transcript with the ID “${id}”`,
			description: `Check “Transcript ID”, and “API Key” and “Region” in the credential. A job is available only in the region that created it, and for seven days.${quote}`,
			isNotFound: true,
		};
	}
	if (status === 403) {
		return {
			message: 'Speechmatics doesn’t allow this API key to do that',
			description: `The key may have expired, or your contract may not include the region, the language, or an option. Check these, or contact Speechmatics.${quote}`,
		};
	}
	return undefined;
};
