import type { Site } from '../internet';

/** An episode of the feed. */
export interface Episode {
	title: string;
	link: string;
	audioUrl: string;
}

/** Serves a podcast with its feed at `/feed.xml`. Source: RSS 2.0, `item` and `enclosure`. */
export function podcast(episodes: readonly Episode[]): Site {
	const published = new Date().toUTCString();
	return ({ method, path }) => {
		if (method !== 'GET' || path !== '/feed.xml') throw new Error('isn’t mocked');
		const items = episodes.map(
			({ title, link, audioUrl }) =>
				`<item><title>${title}</title><link>${link}</link><guid>${link}</guid>` +
				`<pubDate>${published}</pubDate><enclosure url="${audioUrl}" length="1" type="audio/mpeg"/></item>`,
		);
		return {
			body: `<?xml version="1.0"?><rss version="2.0"><channel><title>A podcast</title><link>https://podcast.example.com</link><description>Talks</description>${items.join('')}</channel></rss>`,
			type: 'application/rss+xml',
		};
	};
}
