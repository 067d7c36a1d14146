import type { JsonObject } from '../../../../tools/n8n';
import type { Site, SiteAnswer } from '../internet';

const TOKEN = '123456:token-of-telegram';

/** Data for a Telegram credential. */
export const telegramCredential = { accessToken: TOKEN, baseUrl: 'https://api.telegram.org' };

/** A file that users sent to the bot. */
export interface TelegramFile {
	/** Its path on Telegram's servers, such as `voice/file_0.oga`. */
	path: string;
	content: Buffer;
	/** Default: the size of `content`. */
	size?: number;
}

/** A message from the bot. */
export interface TelegramReply {
	chatId: number;
	replyTo: number | undefined;
	/** As users see it. */
	text: string;
}

/** Telegram's servers with one bot. */
export interface Telegram {
	site: Site;
	replies: TelegramReply[];
	/** The files that n8n asked for, by ID. */
	requestedFiles: string[];
	/** Whether the bot has a webhook. */
	hasWebhook(): boolean;
	/** Records a message that n8n gets in a different way, so that the bot can reply to it. */
	receive(messageId: number): void;
	/** Sends a message to the bot. @returns the status of n8n's response */
	deliver(message: JsonObject, secret?: string): Promise<number>;
}

/**
 * The parameters of the mocked methods. Source: “Available methods” and “Getting updates” in the Bot API reference (core.telegram.org/bots/api).
 * `reply_to_message_id` and `disable_web_page_preview` were replaced in Bot API 7.0. Telegram still accepts them, and n8n's
 * node sends them.
 */
const PARAMETERS: Record<string, readonly string[]> = {
	getWebhookInfo: [],
	setWebhook: [
		'url',
		'certificate',
		'ip_address',
		'max_connections',
		'allowed_updates',
		'drop_pending_updates',
		'secret_token',
	],
	deleteWebhook: ['drop_pending_updates'],
	getFile: ['file_id'],
	sendMessage: [
		'business_connection_id',
		'chat_id',
		'message_thread_id',
		'text',
		'parse_mode',
		'entities',
		'link_preview_options',
		'disable_notification',
		'protect_content',
		'reply_parameters',
		'reply_markup',
		'reply_to_message_id',
		'disable_web_page_preview',
	],
};

/** “For the moment, bots can download files of up to 20MB in size.” */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** The tags of “HTML style” in the Bot API reference that need no attributes. */
const TAGS = /<\/?(b|strong|i|em|u|ins|s|strike|del|tg-spoiler|code|pre|blockquote)>/g;

/** The methods of a bot whose users sent these files. */
export function telegram(chatId: number, files: Record<string, TelegramFile>): Telegram {
	const replies: TelegramReply[] = [];
	const requestedFiles: string[] = [];
	const received = new Set<number>();
	let webhook: { url: string; secret: string; updates: string[] } | undefined;
	let updateId = 0;

	const methods: Record<string, (given: JsonObject) => unknown> = {
		getWebhookInfo: () => ({ url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: 0 }),
		setWebhook({ url, secret_token: secret, allowed_updates: updates }) {
			// Telegram requires https. The n8n instance of the tests has no certificate.
			if (typeof url !== 'string' || !URL.canParse(url)) throw new Error('bad webhook URL');
			if (typeof secret !== 'string' || !/^[\w-]{1,256}$/.test(secret)) throw new Error('no valid secret_token');
			webhook = { url, secret, updates: updates as string[] };
			return true;
		},
		deleteWebhook() {
			webhook = undefined;
			return true;
		},
		getFile({ file_id: id }) {
			requestedFiles.push(String(id));
			const file = files[String(id)];
			if (!file) throw new Error('invalid file_id');
			const size = file.size ?? file.content.length;
			if (size > MAX_DOWNLOAD_BYTES) return refusal('file is too big');
			return { file_id: id, file_unique_id: `unique-${String(id)}`, file_size: size, file_path: file.path };
		},
		sendMessage({ chat_id: chat, text, parse_mode: mode, reply_to_message_id: replyTo }) {
			if (Number(chat) !== chatId) throw new Error(`chat not found: ${String(chat)}`);
			if (replyTo !== undefined && !received.has(Number(replyTo)))
				throw new Error(`message to be replied not found: ${String(replyTo)}`);
			if (mode !== 'HTML') throw new Error('only HTML is mocked');
			const shown = parseHtml(String(text));
			// “Text of the message to be sent, 1-4096 characters after entities parsing”, in the units of entity offsets (UTF-16).
			if (shown.trim() === '') throw new Error('message text is empty');
			if (shown.length > 4096) throw new Error('message is too long');
			replies.push({ chatId, replyTo: replyTo === undefined ? undefined : Number(replyTo), text: shown });
			return { message_id: 1000 + replies.length, date: 1, chat: { id: chatId, type: 'private' }, text: shown };
		},
	};

	const site: Site = ({ method, path, query, json }) => {
		const [, kind, token, rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(path) ?? [];
		if (token !== TOKEN) return { status: 401, json: { ok: false, error_code: 401, description: 'Unauthorized' } };
		if (kind !== undefined) {
			const file = Object.values(files).find((candidate) => candidate.path === rest);
			// Telegram doesn't document the content type of downloads, so that clients can't rely on it.
			return file && method === 'GET' ? { body: file.content } : { status: 404, json: { ok: false, error_code: 404 } };
		}
		const call = methods[rest];
		if (!call) throw new Error('isn’t mocked');
		const given = { ...query, ...(json as JsonObject | undefined) } as JsonObject;
		const unknown = Object.keys(given).filter((name) => !PARAMETERS[rest]?.includes(name));
		if (unknown.length > 0) throw new Error(`unknown parameters: ${unknown.join(', ')}`);
		const result = call(given);
		return isRefusal(result) ? result : { json: { ok: true, result } };
	};

	return {
		site,
		replies,
		requestedFiles,
		hasWebhook: () => webhook !== undefined,
		receive: (messageId) => void received.add(messageId),
		async deliver(message, secret = webhook?.secret ?? '') {
			if (!webhook) throw new Error('The bot has no webhook');
			// “Specify an empty list to receive all update types except …”
			if (webhook.updates.length > 0 && !webhook.updates.includes('message')) throw new Error('gets no messages');
			received.add(Number(message.message_id));
			const answer = await fetch(webhook.url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
				body: JSON.stringify({
					update_id: (updateId += 1),
					message: { date: 1_700_000_000, chat: { id: chatId, type: 'private' }, ...message },
				}),
			});
			return answer.status;
		},
	};
}

/** An expected error, which isn't the template's fault. */
function refusal(description: string): SiteAnswer {
	return { status: 400, json: { ok: false, error_code: 400, description: `Bad Request: ${description}` } };
}

const isRefusal = (result: unknown): result is SiteAnswer =>
	typeof result === 'object' && result !== null && 'status' in result;

/** Returns the text without tags. @throws if “HTML style” in the Bot API reference doesn't allow it */
function parseHtml(html: string): string {
	const text = html.replace(TAGS, '');
	if (/[<>]/.test(text)) throw new Error('can’t parse entities: unsupported start tag');
	return text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}
