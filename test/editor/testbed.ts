import type { N8nClient } from '../../tools/n8n';
import { type Editor, type EditorOptions, openEditor } from '../../tools/n8n/browser';
import { MINUTES, type Testbed, useTestbeds } from '../e2e/harness';
import { PROFILES } from '../e2e/profiles';
import { services } from './table';

/** The default profile of each service. */
const profiles = services.flatMap((name) => PROFILES.find(({ provider }) => provider === name) ?? []);

/** The screen size of the smallest laptops. */
export const NARROW = { width: 1280, height: 720 };

/** One n8n instance for all tests in a file, with a sandbox and a credential for each service. */
export const useServices = (): ((provider: string) => Testbed) => {
	const open = useTestbeds(profiles);
	return (provider) => {
		const profile = profiles.find((candidate) => candidate.provider === provider);
		if (!profile) throw new Error(`There is no profile of ${provider}`);
		return open(profile);
	};
};

export interface Browser {
	editor(): Editor;
	/** The page errors since the last call. */
	complaints(): string[];
}

/** The editor in a browser for all tests in a file. Call it after `useServices`. */
export function useEditor(client: () => N8nClient, options: EditorOptions = { viewport: NARROW }): Browser {
	let editor: Editor | undefined;
	const found: string[] = [];
	beforeAll(async () => {
		editor = await openEditor(client(), options);
		editor.page.on('console', (message) => {
			// n8n tries to contact its own servers, which are blocked here.
			if (message.type() === 'error' && !message.text().includes('net::ERR_FAILED')) found.push(message.text());
		});
		editor.page.on('pageerror', (error) => found.push(error.message));
	}, 3 * MINUTES);
	afterAll(async () => await editor?.close());
	return {
		editor: () => {
			if (!editor) throw new Error('The browser opens before the first test');
			return editor;
		},
		complaints: () => found.splice(0),
	};
}
