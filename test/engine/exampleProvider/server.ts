import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readForm, type ReceivedForm } from './form';

export const EXAMPLE_KEY = 'example-key-that-nobody-may-see';

export interface Job {
	id: string;
	status: 'queued' | 'completed' | 'failed';
	text?: string;
	callback_url?: string;
	created_at?: string;
	finished_at?: string;
}

export interface Webhook {
	id: string;
	url: string;
	secret: string;
	headers: Record<string, string>;
}

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
interface Fault {
	request: RegExp;
	status: number;
}

/** The fictional service, over real HTTP. */
export class ExampleService {
	origin = '';
	readonly jobs = new Map<string, Job>();
	readonly webhooks: Webhook[] = [];
	/** The number of `POST /v2/jobs` requests, including rejected and interrupted ones. */
	readonly asked: string[] = [];
	/** Complete forms by job ID. */
	readonly forms = new Map<string, ReceivedForm>();
	/** The errors of rejected forms. */
	readonly badForms: string[] = [];
	/** Requests that receive a planned status instead of a regular response, until they are removed. */
	readonly faults: Fault[] = [];
	/** Whether `GET` requests for a job return its callback URL. */
	echoes = true;
	/** Whether the list of jobs returns callback URLs. */
	listsCallbackUrls = false;
	/** Called for every request before the response. */
	onAsked: (asked: string) => Promise<void> | void = () => {};
	/** Called while a form is received. If it throws, the connection is closed. */
	onFormBytes: (total: number) => Promise<void> | void = () => {};
	private readonly server = createServer((request, response) => void this.handle(request, response));

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Finishes a job without a callback. */
	finish(id: string, text = 'Spoken words.', status: 'completed' | 'failed' = 'completed'): Job {
		const job: Job = { ...(this.jobs.get(id) ?? { id }), status, text };
		this.jobs.set(id, job);
		return job;
	}

	/** Calls every registered webhook like the service does. @returns the statuses of the responses */
	async announce(body: object): Promise<number[]> {
		const sent = JSON.stringify(body);
		return await Promise.all(
			this.webhooks.map(async ({ url, secret, headers }) => {
				const signature = createHmac('sha256', secret).update(sent).digest('hex');
				return await post(url, sent, { ...headers, 'x-signature': signature });
			}),
		);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const asked = `${request.method} ${request.url}`;
		// Keep the socket, because `request.socket` is lost if the request isn't read completely.
		const { socket } = request;
		this.asked.push(asked);
		try {
			await this.onAsked(asked);
			const [status, body] = await this.answer(request, asked);
			response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
		} catch {
			socket.destroy();
		}
	}

	private async answer(request: IncomingMessage, asked: string): Promise<[number, unknown]> {
		const fault = this.faults.find((candidate) => candidate.request.test(asked));
		if (fault) {
			for await (const _chunk of request);
			return [fault.status, { error: `fault ${fault.status}` }];
		}
		if (request.headers['x-example-key'] !== EXAMPLE_KEY) return [401, { error: 'unknown key' }];
		if (/^POST \/v[12]\/jobs$/.test(asked)) return await this.submit(request);
		if (asked === 'GET /v2/models') return [200, [{ name: 'Asked For', value: 'asked-for' }]];
		if (asked === 'GET /v2/languages')
			return [
				200,
				[
					{ name: 'Asked For', value: 'as' },
					{ name: 'German', value: 'de' },
				],
			];
		if (asked === 'GET /v2/jobs') return [200, [...this.jobs.values()]];
		if (asked.startsWith('GET /v2/list')) return [200, this.page(new URL(request.url ?? '', this.origin))];
		if (asked === 'GET /v2/webhooks') return [200, this.webhooks.map(({ id, url }) => ({ id, url }))];
		if (asked === 'POST /v2/webhooks') {
			const webhook = {
				id: randomUUID(),
				secret: randomUUID(),
				...((await jsonOf(request)) as { url: string; headers: Record<string, string> }),
			};
			this.webhooks.push(webhook);
			return [201, webhook];
		}
		return await this.one(request);
	}

	/** Two jobs per page, newest first, without their texts. */
	private page({ pathname, searchParams }: URL): object {
		const from = Number(/^\/v2\/list\/(\d+)$/.exec(pathname)?.[1] ?? 0);
		const status = searchParams.get('status');
		const all = [...this.jobs.values()]
			.filter((job) => status === null || job.status === status)
			.sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? ''));
		const jobs = all.slice(from, from + 2).map(({ text: _, callback_url: url, ...job }) => ({
			...job,
			...(this.listsCallbackUrls && url && { callback_url: url }),
		}));
		return { jobs, ...(from + 2 < all.length && { next: `/v2/list/${from + 2}` }) };
	}

	private async submit(request: IncomingMessage): Promise<[number, unknown]> {
		const id = randomUUID();
		let fields: Record<string, string>;
		if (request.headers['content-type']?.startsWith('application/json')) {
			fields = (await jsonOf(request)) as Record<string, string>;
		} else {
			let cut = false;
			try {
				const form = await readForm(request, async (total) => {
					cut = true;
					await this.onFormBytes(total);
					cut = false;
				});
				this.forms.set(id, form);
				fields = form.fields;
			} catch (error) {
				if (cut) throw error;
				this.badForms.push((error as Error).message);
				return [422, { error: (error as Error).message }];
			}
		}
		const job: Job = { id, status: 'queued', ...(fields.callback_url && { callback_url: fields.callback_url }) };
		this.jobs.set(id, job);
		return [201, job];
	}

	private async one(request: Request & IncomingMessage): Promise<[number, unknown]> {
		const [, kind, id = ''] = /^\/v2\/(jobs|webhooks)\/([\w-]+)$/.exec(request.url ?? '') ?? [];
		const job = this.jobs.get(id);
		if (kind === 'jobs' && job) {
			const { callback_url, ...silent } = job;
			return [200, this.echoes ? { ...silent, ...(callback_url && { callback_url }) } : silent];
		}
		const at = this.webhooks.findIndex((webhook) => webhook.id === id);
		const webhook = this.webhooks[at];
		if (kind !== 'webhooks' || !webhook) return [404, { error: 'not found' }];
		if (request.method === 'DELETE') this.webhooks.splice(at, 1);
		else Object.assign(webhook, await jsonOf(request));
		return [200, { id }];
	}
}

/** @returns the status of the response */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
	const response = await fetch(url, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	});
	await response.arrayBuffer();
	return response.status;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
