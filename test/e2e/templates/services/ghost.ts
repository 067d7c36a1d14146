import * as jsonSchema from '@tryghost/admin-api-schema';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY = { id: 'integration', secret: 'ab'.repeat(32) };

/** A post in the format of Ghost's Admin API. */
export interface GhostPost {
	title: string;
	html: string;
	status: string;
}

/** A Ghost site at its own address, like every customer's. Requests are validated with Ghost's own schemas. */
export interface Ghost {
	/** Data for a Ghost Admin credential. */
	credential: { url: string; apiKey: string };
	posts: GhostPost[];
	/** Requests that Ghost would reject. */
	violations: string[];
	close(): Promise<void>;
}

export async function startGhost(): Promise<Ghost> {
	const posts: GhostPost[] = [];
	const violations: string[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += String(chunk)));
		request.on('end', () => {
			void answer(request.method ?? '', request.url ?? '', request.headers.authorization ?? '', text).then(
				({ status, json }) => {
					response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
				},
			);
		});
	});
	async function answer(method: string, url: string, authorization: string, text: string) {
		const refuse = (status: number, message: string) => {
			violations.push(`${method} ${url}: ${message}`);
			return { status, json: { errors: [{ message }] } };
		};
		if (!isGenuine(authorization)) return refuse(401, 'Invalid token');
		// n8n's node sends a version in the path. Ghost 5 and later accept any version there.
		const { pathname, searchParams } = new URL(url, 'http://ghost');
		if (method !== 'POST' || !/^\/ghost\/api\/(v\d\/)?admin\/posts\/?$/.test(pathname))
			return refuse(404, 'isn’t mocked');
		if (searchParams.get('source') !== 'html') return refuse(422, 'Ghost ignores html without source=html');
		const data = JSON.parse(text) as { posts: GhostPost[] };
		try {
			await jsonSchema.validate({ schema: 'posts-add', definition: 'posts', data });
		} catch (error) {
			return refuse(
				422,
				`${(error as Error).message} ${JSON.stringify((error as { errorDetails?: unknown }).errorDetails)}`,
			);
		}
		posts.push(...data.posts);
		return { status: 201, json: { posts: data.posts.map((post, index) => ({ id: `post${index}`, ...post })) } };
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		credential: {
			url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			apiKey: `${KEY.id}:${KEY.secret}`,
		},
		posts,
		violations,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Whether this is a token signed with the key's secret (HS256). Source: Ghost's Admin API docs, “Token authentication”. */
function isGenuine(authorization: string): boolean {
	const [, token = ''] = /^Ghost (.+)$/.exec(authorization) ?? [];
	const [header, payload, signature] = token.split('.');
	return (
		signature ===
		createHmac('sha256', Buffer.from(KEY.secret, 'hex')).update(`${header}.${payload}`).digest('base64url')
	);
}
