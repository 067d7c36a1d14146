import { mkdirSync } from 'node:fs';
import { takeAnimation } from './animation';
import { takeDemo } from './canvas';
import { images } from './images';
import { takeReference } from './panels';
import { withTestbed, type Testbed } from './testbed';
import { takeWaiting } from './waiting';

const TAKES: Record<string, (testbed: Testbed) => Promise<void>> = {
	animation: takeAnimation,
	demo: takeDemo,
	reference: takeReference,
	waiting: takeWaiting,
};

/**
 * `npm run docs:screenshots`: takes the documentation's screenshots of the editor from a real n8n. Arguments, e.g.
 * `reference`, select parts.
 */
async function main(words: string[]): Promise<void> {
	const unknown = words.find((word) => !(word in TAKES));
	if (unknown !== undefined)
		throw new Error(`There is no part "${unknown}". Choose from: ${Object.keys(TAKES).join(', ')}.`);
	mkdirSync(images, { recursive: true });
	await withTestbed(async (testbed) => {
		for (const [name, take] of Object.entries(TAKES))
			if (words.length === 0 || words.includes(name)) await take(testbed);
	});
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
