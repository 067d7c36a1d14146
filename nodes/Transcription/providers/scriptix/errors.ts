import type { Explain } from '../../http/errors';
import { SESSIONS_PATH } from './constants';

/** What Scriptix's statuses mean, and what its documentation leaves to be tried. Source: docs.scriptix.io, “Error codes”. */
export const explain: Explain = (status, detail, path) => {
	const said = detail ? ` Scriptix says: ${detail}` : '';
	const [, session] = new RegExp(`^${SESSIONS_PATH}/([^/]+)`).exec(path) ?? [];
	switch (status) {
		case 401:
			return {
				message: 'Scriptix did not accept the API key',
				description: `Check the API key in the credential (it must be one for batch work), and try the other “Authentication Header” there: Scriptix documents two.${said}`,
			};
		case 402:
			return {
				message: 'The balance of the Scriptix account is exhausted',
				description: `Nothing was transcribed or charged. Top up the account at Scriptix, then run this again.${said}`,
			};
		case 403:
			return path.endsWith('/result')
				? {
						message: 'Scriptix shows the result of a session only to the API key that created it',
						description: `Use the credential with which the recording was submitted.${said}`,
					}
				: undefined;
		case 404:
			if (path.endsWith('/result')) {
				return {
					message: `Scriptix has no result for the session “${session}”`,
					description: `The session itself is there: its result was deleted, is not written yet, or belongs to another API key.${said}`,
				};
			}
			return session
				? {
						message: `Scriptix has no session with the ID “${session}”`,
						description: `Check the Transcript ID, that the credential belongs to the account that made it, and “API Generation” there.${said}`,
					}
				: undefined;
		case 409:
			return {
				message: 'Scriptix cannot do that in the state in which the job is',
				description: `It may still be working on it, or be done already. Look at its status with Get.${said}`,
			};
		case 429:
			return {
				message: 'Scriptix is receiving too many requests with this API key',
				description: `It allows 60 a minute. Send fewer at a time (Loop Over Items with a Wait), or try again in a minute.${said}`,
			};
		default:
			return refusedField(status, detail);
	}
};

function refusedField(status: number, detail: string): ReturnType<Explain> {
	if (status !== 400 && status !== 422) return undefined;
	const said = `Scriptix says: ${detail}`;
	if (/webhook/i.test(detail)) {
		return {
			message: 'Scriptix did not accept the callback URL',
			description: `It must begin with https:// and have a public host name, not an IP address. Set WEBHOOK_URL of this n8n accordingly. ${said}`,
		};
	}
	if (/\blanguage\b/i.test(detail)) {
		return {
			message: 'Scriptix did not accept the language',
			description: `Set the option “Language” to a code that your Scriptix portal lists; not every account can have it detected. ${said}`,
		};
	}
	return undefined;
}
