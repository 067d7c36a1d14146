import { userError } from '../../core/userError';
import { isPrivateHost, parseHttpUrl } from '../../core/url';
import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Metadata, toMetadata } from '../../callback/metadata';
import { callbackSecret } from '../../callback/secrets';
import {
	scopeOf,
	triggerUrl,
	webhookBaseOf,
	withQuery,
} from '../../callback/url';
import { readText } from '../../core/optionReaders';
import { type CallbackTarget } from '../../providers/provider';
import { assertVerifiable, type Session } from '../../shared/session';

/** Where one job's callback goes, and what it carries. */
export interface PlannedCallback {
	/** Without metadata: what the ping asks. */
	url: string;
	/** Whether the trigger stands in the same workflow as the node that submits. */
	onThisCanvas: boolean;
	target: CallbackTarget;
	/** Correlation ID, for callbacks that do not name the job. */
	ref: string;
	metadata: Metadata;
}

/**
 * The callback that Callback and Metadata describe for one item; undefined where none is wanted.
 * @throws InputError, MetadataError
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
				'Metadata travels in the callback. Remove it, or choose another Callback.',
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

/** What Metadata says for one item. @throws MetadataError */
export function readMetadata(context: IExecuteFunctions, itemIndex: number): Metadata {
	// An expression may give one pair, or nothing, where a list belongs.
	const given = [context.getNodeParameter('metadata.pair', itemIndex, [])].flat() as Array<IDataObject | null>;
	return toMetadata(given.filter((pair) => pair !== null && typeof pair === 'object'));
}

function withTarget(
	url: string,
	onThisCanvas: boolean,
	metadata: Metadata,
	session: Session,
): PlannedCallback {
	const ref = randomBytes(9).toString('base64url');
	const bare = Object.keys(metadata).length === 0;
	const target = callbackTargetAt(url, session, {
		attach: (plain) => withQuery(plain, metadata, ref),
		whatIsLong: bare ? 'The callback URL' : 'The callback URL with its metadata',
		shorten: bare
			? 'Nothing of it is metadata. Use a shorter public address for this n8n, or a shorter “Callback URL”.'
			: 'Metadata is part of that URL. Shorten it to an ID, and look the rest up when the transcript arrives.',
		insteadOfCallback: 'choose Callback: None and fetch the transcript by its ID',
	});
	return { url, onThisCanvas, target, ref, metadata };
}

/** What is particular about the callback URLs of an operation. */
interface UrlUse {
	/** Adds to the URL what it has to carry. */
	attach(url: string): string;
	/** Names what is too long, and says how to shorten it. */
	whatIsLong: string;
	shorten: string;
	/** What somebody can do whose n8n no service reaches; a part of a sentence. */
	insteadOfCallback: string;
}

/**
 * The callback target at a URL of this n8n, or of another.
 * @throws InputError where the service could not call it, or the callback could not be verified
 */
export function callbackTargetAt(url: string, { provider, connection }: Session, use: UrlUse): CallbackTarget {
	if (isPrivateHost(new URL(url)) && !isPrivateHost(new URL(connection.baseUrl))) {
		throw userError(
			`${provider.displayName} cannot reach the callback URL at “${new URL(url).host}”, an address inside your own network`,
			`Set WEBHOOK_URL of this n8n to its public address (a tunnel will do for trying), or ${use.insteadOfCallback}. Nothing was submitted.`,
		);
	}
	assertVerifiable(provider, connection);
	const secret = callbackSecret(connection, scopeOf(url));
	const unfit = provider.callback.unfitSecret(secret, connection.settings);
	if (unfit) {
		throw userError(
			`${provider.displayName} cannot use the Webhook Secret of the credential: ${unfit}`,
			'Choose another secret in the credential, or empty the field to have one derived.',
		);
	}
	const { urlFor = (plain: string) => plain } = provider.callback;
	const full = urlFor(use.attach(url), secret, connection.settings);
	const limit = provider.limits(connection.settings).callbackUrlLength;
	if (full.length > limit) {
		throw userError(`${use.whatIsLong} has ${full.length} characters; ${limit} are possible`, use.shorten);
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
		text.trim() ? `“Callback URL” is not an http(s) URL: ${text.slice(0, 120)}` : '“Callback URL” is empty',
		'Copy the Production URL from a Transcription Trigger, or choose Callback: Trigger on This Canvas.',
	);
}

function triggerUrlOnCanvas(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): string {
	const given = readText(options.callbackBaseUrl);
	if (given && (!parseHttpUrl(given) || /[?#]/.test(given))) {
		throw userError(
			`“Callback Base URL” is not a plain http(s) URL: ${given.slice(0, 120)}`,
			'Copy the part of the trigger’s Production URL in front of the workflow ID.',
		);
	}
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex));
	const base = given ?? webhookBaseOf(resumeUrl);
	const workflowId = context.getWorkflow().id;
	if (!base || !workflowId) {
		throw userError(
			workflowId
				? 'The URL of the trigger on this canvas cannot be told: the webhook endpoints of this n8n were renamed'
				: 'The workflow has no ID yet',
			workflowId
				? 'Add the option “Callback Base URL”: the part of the trigger’s Production URL in front of the workflow ID.'
				: 'Save the workflow, then run it again.',
		);
	}
	return triggerUrl(base, workflowId, session.provider.name);
}
