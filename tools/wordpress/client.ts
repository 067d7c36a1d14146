/** A post as its author sees it; only what is commonly looked at is typed. */
export interface Post {
	id: number;
	status: string;
	link: string;
	/** `raw` is what was sent, `rendered` what a reader gets. */
	title: { raw: string; rendered: string };
	content: { raw: string; rendered: string };
	[key: string]: unknown;
}

/** A file in the media library. */
export interface MediaFile {
	id: number;
	/** The post it belongs to; null when there is none. */
	post: number | null;
	mime_type: string;
	/** Where everybody can download it. */
	source_url: string;
	title: { raw: string; rendered: string };
	[key: string]: unknown;
}

/** The REST API as an author uses it. Every method throws when WordPress refuses. */
export class WordpressClient {
	private readonly authorization: string;

	constructor(
		private readonly url: string,
		{ user, applicationPassword }: { user: string; applicationPassword: string },
	) {
		this.authorization = `Basic ${Buffer.from(`${user}:${applicationPassword}`).toString('base64')}`;
	}

	/** All posts that are not in the trash, drafts among them, the newest first. */
	async posts(): Promise<Post[]> {
		return await this.ask('GET', '/posts?context=edit&status=any&per_page=100');
	}

	/** The media library, the newest first. */
	async media(): Promise<MediaFile[]> {
		return await this.ask('GET', '/media?context=edit&per_page=100');
	}

	/** Publishes a draft. */
	async publish(postId: number): Promise<Post> {
		return await this.ask('POST', `/posts/${postId}`, { status: 'publish' });
	}

	/** Deletes all posts and files for good. */
	async clear(): Promise<void> {
		for (const { id } of await this.posts()) await this.ask('DELETE', `/posts/${id}?force=true`);
		for (const { id } of await this.media()) await this.ask('DELETE', `/media/${id}?force=true`);
	}

	private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(`${this.url}/wp-json/wp/v2${path}`, {
			method,
			headers: { authorization: this.authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`WordPress: ${method} ${path}: status ${answer.status}: ${text.slice(0, 1_000)}`);
		return JSON.parse(text) as T;
	}
}
