import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Metadata, toMetadata } from '../callback/metadata';
import { callbackSecret } from '../callback/secrets';
import {
	isPrivateHost,
	parseHttpUrl,
	scopeOf,
	triggerUrl,
	webhookBaseOf,
	withQuery,
} from '../callback/url';
import { textOf } from '../providers/optionValues';
import { type CallbackTarget, inputError } from '../providers/provider';
import { refuseUnverifiable, type Session } from './session';

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
export function plannedCallback(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): PlannedCallback | undefined {
	// An expression may give one pair, or nothing, where a list belongs.
	const given = [context.getNodeParameter('metadata.pair', itemIndex, [])].flat() as Array<IDataObject | null>;
	const pairs = given.filter((pair) => pair !== null && typeof pair === 'object');
	const metadata = toMetadata(pairs);
	const kind = context.getNodeParameter('callback', itemIndex) as string;
	if (kind === 'none') {
		if (pairs.length > 0) {
			throw inputError(
				'“Metadata” is set, but “Callback” is None',
				'Metadata travels in the callback. Remove it, or choose another Callback.',
			);
		}
		return undefined;
	}
	const url =
		kind === 'url'
			? givenUrl(String(context.getNodeParameter('callbackUrl', itemIndex) ?? ''))
			: urlOnThisCanvas(context, itemIndex, session, options);
	return complete(url, kind !== 'url', metadata, session);
}

function complete(
	url: string,
	onThisCanvas: boolean,
	metadata: Metadata,
	session: Session,
): PlannedCallback {
	const { provider, connection } = session;
	if (isPrivateHost(new URL(url)) && !isPrivateHost(new URL(connection.baseUrl))) {
		throw inputError(
			`${provider.displayName} cannot reach the callback URL at “${new URL(url).host}”, an address inside your own network`,
			'Set WEBHOOK_URL of this n8n to its public address (a tunnel will do for trying), or choose Callback: None and fetch the transcript by its ID. Nothing was submitted.',
		);
	}
	refuseUnverifiable(provider, connection);
	const secret = callbackSecret(connection, scopeOf(url));
	const unfit = provider.callback.unfitSecret(secret, connection.settings);
	if (unfit) {
		throw inputError(
			`${provider.displayName} cannot use the Webhook Secret of the credential: ${unfit}`,
			'Choose another secret in the credential, or empty the field to have one derived.',
		);
	}
	const ref = randomBytes(9).toString('base64url');
	const { urlFor = (plain: string) => plain } = provider.callback;
	const full = urlFor(withQuery(url, metadata, ref), secret, connection.settings);
	const limit = provider.limits(connection.settings).callbackUrlLength;
	if (full.length > limit) {
		const bare = Object.keys(metadata).length === 0;
		throw inputError(
			`The callback URL ${bare ? '' : 'with its metadata '}has ${full.length} characters; ${limit} are possible`,
			bare
				? 'Nothing of it is metadata. Use a shorter public address for this n8n, or a shorter “Callback URL”.'
				: 'Metadata is part of that URL. Shorten it to an ID, and look the rest up when the transcript arrives.',
		);
	}
	return { url, onThisCanvas, target: { url: full, secret }, ref, metadata };
}

function givenUrl(text: string): string {
	const url = parseHttpUrl(text.trim());
	if (url) {
		url.hash = '';
		return url.href;
	}
	throw inputError(
		text.trim() ? `“Callback URL” is not an http(s) URL: ${text.slice(0, 120)}` : '“Callback URL” is empty',
		'Copy the Production URL from a Transcription Trigger, or choose Callback: Trigger on This Canvas.',
	);
}

function urlOnThisCanvas(
	context: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	options: IDataObject,
): string {
	const given = textOf(options.callbackBaseUrl);
	if (given && (!parseHttpUrl(given) || /[?#]/.test(given))) {
		throw inputError(
			`“Callback Base URL” is not a plain http(s) URL: ${given.slice(0, 120)}`,
			'Copy the part of the trigger’s Production URL in front of the workflow ID.',
		);
	}
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex));
	const base = given ?? webhookBaseOf(resumeUrl);
	const workflowId = context.getWorkflow().id;
	if (!base || !workflowId) {
		throw inputError(
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
