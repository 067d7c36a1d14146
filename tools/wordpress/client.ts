/** A post as returned to its author. Only the common properties are typed. */
interface Post {
	id: number;
	status: string;
	link: string;
	/** `raw` is the stored text, `rendered` is the published one. */
	title: { raw: string; rendered: string };
	content: { raw: string; rendered: string };
	[key: string]: unknown;
}

/** A file in the media library. */
interface MediaFile {
	id: number;
	/** The post that the file belongs to, if any. */
	post: number | null;
	mime_type: string;
	/** Public download URL. */
	source_url: string;
	title: { raw: string; rendered: string };
	[key: string]: unknown;
}

/** Uses the REST API as an author. Every method throws an Error if WordPress rejects a request. */
export class WordpressClient {
	private readonly authorization: string;

	constructor(
		private readonly url: string,
		{ user, applicationPassword }: { user: string; applicationPassword: string },
	) {
		this.authorization = `Basic ${Buffer.from(`${user}:${applicationPassword}`).toString('base64')}`;
	}

	/** Returns all posts that aren't in the trash, including drafts, newest first. */
	async posts(): Promise<Post[]> {
		return await this.ask('GET', '/posts?context=edit&status=any&per_page=100');
	}

	/** Returns the files in the media library, newest first. */
	async media(): Promise<MediaFile[]> {
		return await this.ask('GET', '/media?context=edit&per_page=100');
	}

	/** Publishes a draft. */
	async publish(postId: number): Promise<Post> {
		return await this.ask('POST', `/posts/${postId}`, { status: 'publish' });
	}

	/** Permanently deletes all posts and files. */
	async clear(): Promise<void> {
		for (const { id } of await this.posts()) await this.ask('DELETE', `/posts/${id}?force=true`);
		for (const { id } of await this.media()) await this.ask('DELETE', `/media/${id}?force=true`);
	}

	private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}/wp-json/wp/v2${path}`, {
			method,
			headers: { authorization: this.authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`WordPress: ${method} ${path}: status ${response.status}: ${text.slice(0, 1_000)}`);
		return JSON.parse(text) as T;
	}
}
