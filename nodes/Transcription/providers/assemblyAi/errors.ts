import type { Explain } from '../../http/errors';

/** Not merely “credit”: the names of PII policies contain it, and a refused policy is named in the answer. */
const BALANCE = /\baccount balance\b|\bbalance is negative\b|\bnegative balance\b|\binsufficient (funds|credits?|balance)\b|\btop.?up\b|\bout of credits?\b/i;

/** AssemblyAI answers most things with 400 and a sentence. Source: AssemblyAI docs, “Troubleshooting common errors”. */
export const explain: Explain = (status, detail, path) => {
	const id = path.split('/')[3];
	if (status === 400 && id && /not found/i.test(detail)) {
		return {
			message: `AssemblyAI has no transcript with the ID “${id}”`,
			description: `Check the Transcript ID, and that the credential belongs to the account and region that made it. AssemblyAI says: ${detail}`,
			isNotFound: true,
		};
	}
	if ((status === 400 || status === 402) && BALANCE.test(detail)) {
		return {
			message: 'The balance of the AssemblyAI account is exhausted',
			description: `Nothing was transcribed or charged. Top up the account in AssemblyAI's dashboard, then run this again. AssemblyAI says: ${detail}`,
		};
	}
	if (status === 400 && /webhook_url/i.test(detail)) {
		return {
			message: 'AssemblyAI did not accept the callback URL',
			description: `It must be reachable from the internet. Set WEBHOOK_URL of this n8n to its public address. AssemblyAI says: ${detail}`,
		};
	}
	if (status === 403 && /upload/i.test(detail)) {
		return {
			message: 'AssemblyAI does not let this API key read the uploaded file',
			description: `Uploads can only be read with a key of the same project. AssemblyAI says: ${detail}`,
		};
	}
	return undefined;
};
