import { userError } from '../../core/userError';
import { isPrivateHost, parseHttpUrl } from '../../core/url';
import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Metadata, toMetadata } from '../../callback/metadata';
import { callbackSecret } from '../../callback/secrets';
import { scopeOf, triggerUrl, webhookBaseOf, withQuery } from '../../callback/url';
import { readText } from '../../core/optionReaders';
import { type CallbackTarget } from '../../providers/provider';
import { refusalOf } from '../../shared/callbackUrl';
import { assertVerifiable, type Session } from '../../shared/session';

/** The destination of one job's callback, and the data it carries. */
export interface PlannedCallback {
	/** The callback URL without metadata. This URL is pinged. */
	url: string;
	/** Whether the trigger is in the same workflow as the submitting node. */
	onThisCanvas: boolean;
	target: CallbackTarget;
	/** Correlation ID, for callbacks that don't contain the job ID. */
	ref: string;
	metadata: Metadata;
}

/**
 * Reads the Callback and Metadata parameters for one item.
 * @returns undefined for Callback: None
 * @throws UserError
 */
export function planCallback(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): PlannedCallback | undefined {
	const metadata = readMetadata(context, itemIndex);
	const kind = context.getNodeParameter('callback', itemIndex) as string;
	if (kind === 'none') {
		if (Object.keys(metadata).length > 0) {
			throw userError(
				'“Metadata” is set, but “Callback” is None',
				'Metadata is returned with the callback. Remove it, or choose a different “Callback”.',
			);
		}
		return undefined;
	}
	const url =
		kind === 'url'
			? readCallbackUrl(String(context.getNodeParameter('callbackUrl', itemIndex) ?? ''))
			: triggerUrlOnCanvas(context, itemIndex, session, options);
	return withTarget(url, kind !== 'url', metadata, session);
}

/** Reads the Metadata parameter for one item. @throws UserError */
export function readMetadata(context: IExecuteFunctions, itemIndex: number): Metadata {
	// An expression may return a single pair, or nothing, instead of a list.
	const pairs = [context.getNodeParameter('metadata.pair', itemIndex, [])].flat() as Array<IDataObject | null>;
	return toMetadata(pairs.filter((pair) => pair !== null && typeof pair === 'object'));
}

function withTarget(url: string, onThisCanvas: boolean, metadata: Metadata, session: Session): PlannedCallback {
	const ref = randomBytes(9).toString('base64url');
	const hasMetadata = Object.keys(metadata).length > 0;
	const target = callbackTargetAt(url, session, {
		attach: (plain) => withQuery(plain, metadata, ref),
		subject: hasMetadata ? 'The callback URL with its metadata' : 'The callback URL',
		howToShorten: hasMetadata
			? 'The metadata is part of this URL. Shorten it to an ID, and look up the rest when the transcript arrives.'
			: 'It contains no metadata. Use a shorter public address for this n8n instance, or a shorter “Callback URL”.',
		alternative: 'choose Callback: None and fetch the transcript by its ID',
	});
	return { url, onThisCanvas, target, ref, metadata };
}

/** Defines how an operation builds its callback URLs, and supplies parts of the related error messages. */
interface CallbackUrlUsage {
	/** Adds the data that the URL carries. */
	attach(url: string): string;
	/** Subject of the error message if the URL is too long. */
	subject: string;
	/** Description of the error message if the URL is too long. */
	howToShorten: string;
	/** The alternative if no provider can reach this n8n instance; completes “Set WEBHOOK_URL …, or …”. */
	alternative: string;
}

/**
 * Builds the callback target for a URL of this or another n8n instance.
 * @throws UserError if the provider couldn't call it, or the callback couldn't be verified
 */
export function callbackTargetAt(
	url: string,
	{ provider, connection }: Session,
	usage: CallbackUrlUsage,
): CallbackTarget {
	if (isPrivateHost(new URL(url)) && !isPrivateHost(new URL(connection.baseUrl))) {
		throw userError(
			`${provider.displayName} can’t reach the callback URL on “${new URL(url).host}”, which is a private network address`,
			`Set the WEBHOOK_URL of this n8n instance to its public address (for testing, a tunnel works too), or ${usage.alternative}. Nothing was submitted.`,
		);
	}
	const refusal = refusalOf(url, provider, connection);
	if (refusal) {
		throw userError(
			refusal,
			`Set the WEBHOOK_URL of this n8n instance to its public address, such as https://n8n.example.com/, or ${usage.alternative}. Nothing was submitted.`,
		);
	}
	assertVerifiable(provider, connection);
	const secret = callbackSecret(connection, scopeOf(url));
	const unfit = provider.callback.unfitSecret(secret, connection.settings);
	if (unfit) {
		throw userError(
			`${provider.displayName} can’t use the credential’s “Webhook Secret”: ${unfit}`,
			'Enter a different secret in the credential, or clear the field to derive one from the API key.',
		);
	}
	const { urlFor = (plain: string) => plain } = provider.callback;
	const full = urlFor(usage.attach(url), secret, connection.settings);
	const limit = provider.limits(connection.settings).callbackUrlLength;
	if (full.length > limit) {
		throw userError(`${usage.subject} has ${full.length} characters, but the limit is ${limit}`, usage.howToShorten);
	}
	return { url: full, secret };
}

function readCallbackUrl(text: string): string {
	const url = parseHttpUrl(text.trim());
	if (url) {
		url.hash = '';
		return url.href;
	}
	throw userError(
		text.trim() ? `“Callback URL” isn’t an HTTP(S) URL: ${text.slice(0, 120)}` : '“Callback URL” is empty',
		'Copy the Production URL from a Transcription Trigger, or choose Callback: Trigger on This Canvas.',
	);
}

function triggerUrlOnCanvas(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): string {
	const customBase = readText(options.callbackBaseUrl);
	if (customBase && (!parseHttpUrl(customBase) || /[?#]/.test(customBase))) {
		throw userError(
			`“Callback Base URL” isn’t a valid HTTP(S) URL without a query or fragment: ${customBase.slice(0, 120)}`,
			'Copy the part of the trigger’s Production URL before the workflow ID.',
		);
	}
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex));
	const base = customBase ?? webhookBaseOf(resumeUrl);
	const workflowId = context.getWorkflow().id;
	if (!base || !workflowId) {
		throw userError(
			workflowId
				? 'The URL of the trigger on this canvas can’t be determined, because the webhook endpoints of this n8n instance were renamed'
				: 'The workflow has no ID yet',
			workflowId
				? 'Add the “Callback Base URL” option and set it to the part of the trigger’s Production URL before the workflow ID.'
				: 'Save the workflow, then run it again.',
		);
	}
	return triggerUrl(base, workflowId, session.provider.name);
}
