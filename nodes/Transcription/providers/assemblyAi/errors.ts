import type { Explain } from '../../http/errors';

/**
 * “credit” alone would be ambiguous: the names of some PII policies contain it, and error responses quote rejected
 * policies.
 */
const BALANCE =
	/\baccount balance\b|\bbalance is negative\b|\bnegative balance\b|\binsufficient (funds|credits?|balance)\b|\btop.?up\b|\bout of credits?\b/i;

/**
 * AssemblyAI reports most errors with status 400 and a text message. Source: AssemblyAI docs, “Troubleshooting common
 * errors”.
 */
export const explain: Explain = (status, detail, path) => {
	const id = path.split('/')[3];
	if (status === 400 && id && /not found/i.test(detail)) {
		return {
			message: `AssemblyAI has no transcript with the ID “${id}”`,
			description: `Check that “Transcript ID” is correct and that the credential belongs to the account and region that created the transcript. AssemblyAI says: ${detail}`,
			isNotFound: true,
		};
	}
	if (status === 400 && id && path.endsWith('/redacted-audio')) {
		return {
			message: `AssemblyAI no longer has the redacted recording of transcript “${id}”`,
			description: `The copy is available for 24 hours. Submit the recording again if you still need it, or remove “Redacted Audio” from the files this node fetches. AssemblyAI says: ${detail}`,
		};
	}
	if (status === 400 && /speech_models?\b/.test(detail)) {
		return {
			message: 'AssemblyAI didn’t accept the model',
			description: `Choose another “Model” in the options, or remove it to use the default of your account. AssemblyAI says: ${detail}`,
		};
	}
	if ((status === 400 || status === 402) && BALANCE.test(detail)) {
		return {
			message: 'The AssemblyAI account is out of funds',
			description: `Nothing was transcribed or charged. Top up the account in the AssemblyAI dashboard, then run this again. AssemblyAI says: ${detail}`,
		};
	}
	if (status === 400 && /webhook_url/i.test(detail)) {
		return {
			message: 'AssemblyAI didn’t accept the callback URL',
			description: `The URL must be reachable from the internet. Set the WEBHOOK_URL environment variable of this n8n instance to its public address. AssemblyAI says: ${detail}`,
		};
	}
	if (status === 403 && /upload/i.test(detail)) {
		return {
			message: 'This AssemblyAI API key can’t read the uploaded file',
			description: `Uploads can only be read with a key from the same project. AssemblyAI says: ${detail}`,
		};
	}
	return undefined;
};
