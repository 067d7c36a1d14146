import { openSite, type Site } from './site';
import type { Way } from './way';
import { ACCOUNTS, createWay, type WayName } from './ways';

/** Everything that a comparison works with. */
export interface House extends Site {
	ways: Record<WayName, Way>;
}

/** Starts the sandbox and a real n8n, in which all ways are published. */
export async function openHouse(tarball: string, say: (line: string) => void): Promise<House> {
	const site = await openSite(tarball, Object.values(ACCOUNTS), say);
	try {
		const ways = {
			polling: await createWay(site, 'polling'),
			trigger: await createWay(site, 'trigger'),
			wait: await createWay(site, 'wait'),
			parkedAtOnce: await createWay(site, 'parkedAtOnce'),
		};
		return { ...site, ways };
	} catch (error) {
		await site.close();
		throw error;
	}
}
