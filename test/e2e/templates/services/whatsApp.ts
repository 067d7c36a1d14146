import { createHash, createHmac } from 'node:crypto';
import type { JsonObject } from '../../../../tools/n8n';
import type { Site, SiteRequest } from '../internet';

const APP = { id: '1234567890', secret: 'secret-of-the-app' };
const APP_TOKEN = `${APP.id}|token-of-the-app`;
const USER_TOKEN = 'token-of-the-system-user';

/** Data for the two WhatsApp credentials: one for the trigger, one for media. */
export const whatsAppCredentials = {
	whatsAppTriggerApi: { clientId: APP.id, clientSecret: APP.secret },
	whatsAppApi: { accessToken: USER_TOKEN, businessAccountId: '102290129340398' },
};

/** A media file that a customer sent. */
export interface WhatsAppMedia {
	content: Buffer;
	mimeType: string;
}

/** The customer who sends messages. */
export interface WhatsAppSender {
	/** Digits only, with the country code. */
	phone: string;
	name: string;
}

/** WhatsApp's Cloud API with one app and one business number. */
export interface WhatsApp {
	sites: Record<string, Site>;
	/** Whether the app has a verified webhook. */
	hasWebhook(): boolean;
	/** Sends messages to the business number, in one webhook. */
	deliver(sender: WhatsAppSender, messages: readonly JsonObject[], secret?: string): Promise<void>;
	/** Reports that a message of the business was read. */
	deliverStatus(sender: WhatsAppSender): Promise<void>;
}

/** A message with a voice note. Source: “Audio messages webhook reference” of the WhatsApp Business Platform. */
export function voiceNote(id: string, mediaId: string, { content, mimeType }: WhatsAppMedia): JsonObject {
	return { id, type: 'audio', audio: { mime_type: mimeType, sha256: sha256(content), id: mediaId, voice: true } };
}

/**
 * The Graph API with these media. Sources: “App Subscriptions” in the Graph API reference, “Webhooks: Getting Started”, and
 * “Media” in the Cloud API reference.
 */
export function whatsApp(media: Record<string, WhatsAppMedia>): WhatsApp {
	let webhook: { url: string; fields: string[] } | undefined;

	const subscriptions = async ({ method, json, query }: SiteRequest) => {
		if (method === 'GET') return { json: { data: webhook ? [described(webhook)] : [] } };
		const given = { ...query, ...(json as JsonObject | undefined) };
		if (given.object !== 'whatsapp_business_account') throw new Error('subscribes to a different object');
		if (method === 'DELETE') {
			webhook = undefined;
			return { json: { success: true } };
		}
		const unknown = Object.keys(given).filter(
			(name) => !['object', 'callback_url', 'verify_token', 'fields', 'include_values'].includes(name),
		);
		if (unknown.length > 0) throw new Error(`unknown parameters: ${unknown.join(', ')}`);
		const url = String(given.callback_url);
		await verify(url, String(given.verify_token));
		webhook = { url, fields: JSON.parse(String(given.fields)) as string[] };
		return { json: { success: true } };
	};

	const graph: Site = async (request) => {
		const { method, path, headers, json, form } = request;
		const [, resource = ''] = /^\/v\d+\.0\/+(.+)$/.exec(path) ?? [];
		if (resource === 'oauth/access_token') {
			const given = { ...(json as JsonObject | undefined), ...form };
			if (given.client_id !== APP.id || given.client_secret !== APP.secret)
				return { status: 400, json: { error: { message: 'Error validating client secret.', code: 1 } } };
			if (given.grant_type !== 'client_credentials') throw new Error('unknown grant_type');
			return { json: { access_token: APP_TOKEN, token_type: 'bearer' } };
		}
		if (resource === `${APP.id}/subscriptions`) {
			if (headers.authorization !== `Bearer ${APP_TOKEN}`) return invalidToken();
			return await subscriptions(request);
		}
		if (method !== 'GET') throw new Error('isn’t mocked');
		if (headers.authorization !== `Bearer ${USER_TOKEN}`) return invalidToken();
		const found = media[resource];
		if (!found) {
			const message = `Unsupported get request. Object with ID '${resource}' does not exist`;
			return { status: 400, json: { error: { message, type: 'GraphMethodException', code: 100, error_subcode: 33 } } };
		}
		return {
			json: {
				messaging_product: 'whatsapp',
				url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${resource}&ext=1700000300&hash=abc`,
				mime_type: found.mimeType,
				sha256: sha256(found.content),
				file_size: found.content.length,
				id: resource,
			},
		};
	};

	/** The host of media URLs, which requires the token, too. */
	const lookaside: Site = ({ method, path, query, headers }) => {
		if (method !== 'GET' || path !== '/whatsapp_business/attachments/') throw new Error('isn’t mocked');
		if (headers.authorization !== `Bearer ${USER_TOKEN}`) return invalidToken();
		const found = media[query.mid ?? ''];
		return found
			? { body: found.content, type: found.mimeType }
			: { status: 404, body: 'Not Found', type: 'text/plain' };
	};

	async function post(value: JsonObject, secret = APP.secret): Promise<void> {
		if (!webhook?.fields.includes('messages')) throw new Error('The app isn’t subscribed to messages');
		const body = JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: whatsAppCredentials.whatsAppApi.businessAccountId,
					changes: [
						{
							value: {
								messaging_product: 'whatsapp',
								metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
								...value,
							},
							field: 'messages',
						},
					],
				},
			],
		});
		const signature = createHmac('sha256', secret).update(body).digest('hex');
		const answer = await fetch(webhook.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Hub-Signature-256': `sha256=${signature}` },
			body,
		});
		if (answer.status !== 200) throw new Error(`n8n answered a webhook with ${answer.status}`);
	}

	return {
		sites: { 'graph.facebook.com': graph, 'lookaside.fbsbx.com': lookaside },
		hasWebhook: () => webhook !== undefined,
		async deliver({ phone, name }, messages, secret) {
			await post(
				{
					contacts: [{ profile: { name }, wa_id: phone }],
					messages: messages.map((message) => ({ from: phone, timestamp: '1700000000', ...message })),
				},
				secret,
			);
		},
		async deliverStatus({ phone }) {
			await post({ statuses: [{ id: 'wamid.sent', status: 'read', timestamp: '1700000000', recipient_id: phone }] });
		},
	};
}

/** Meta subscribes a URL only if it returns the challenge. Source: “Webhooks: Getting Started”, “Verification requests”. */
async function verify(url: string, token: string): Promise<void> {
	const challenge = '1158201444';
	const query = new URLSearchParams({
		'hub.mode': 'subscribe',
		'hub.challenge': challenge,
		'hub.verify_token': token,
	});
	const answer = await fetch(`${url}?${query.toString()}`);
	if (answer.status !== 200 || (await answer.text()) !== challenge)
		throw new Error('The callback URL couldn’t be validated');
}

function described({ url, fields }: { url: string; fields: string[] }): JsonObject {
	return {
		object: 'whatsapp_business_account',
		callback_url: url,
		active: true,
		fields: fields.map((name) => ({ name, version: 'v19.0' })),
	};
}

function invalidToken() {
	return {
		status: 401,
		json: { error: { message: 'Invalid OAuth access token.', type: 'OAuthException', code: 190 } },
	};
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('base64');
