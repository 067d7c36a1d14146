import type { Explain } from '../../http/errors';

/** What the status alone does not say. Source: Speechmatics OpenAPI 2.0.0, answers of each path; docs, “Troubleshooting”. */
export const explain: Explain = (status, detail, path) => {
	const id = path.split('/')[3];
	const said = detail ? ` Speechmatics says: ${detail}` : '';
	// Without an ID, 410 is about a version of the engine.
	if (id && (status === 404 || status === 410)) {
		return {
			message: `Speechmatics has no transcript with the ID “${id}”`,
			description: `Check the Transcript ID, and the API key and region in the credential. A job is only known in the region that made it, and for seven days.${said}`,
			isNotFound: true,
		};
	}
	if (status === 403) {
		return {
			message: 'Speechmatics does not allow this API key to do that',
			description: `The key may have expired, or your contract does not include the region, the language or an option. Check them, or ask Speechmatics.${said}`,
		};
	}
	return undefined;
};
