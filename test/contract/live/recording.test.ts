import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDERS } from '../../../nodes/Transcription/providers';
import type { Provider } from '../../../nodes/Transcription/providers/provider';
import type { ProviderName } from '../../../sandbox';
import { type Recording, readRecording } from '../../../tools/live/fixtures';
import { FIXTURES } from '../../../tools/live/options';
import { driftOfRecording } from '../../../tools/live/recorded';
import { SAMPLE } from '../../../tools/live/sample';
import { API_KEY, checkService } from './setup';

jest.setTimeout(120_000);

/** The folder for responses recorded from a sandbox that plays the real service. */
const folder = mkdtempSync(join(tmpdir(), 'live-recording-'));
beforeAll(async () => {
	// The checks run concurrently, because most of the time is spent waiting.
	await Promise.all(PROVIDERS.map(async ({ name }) => await checkService(name as ProviderName, {}, folder)));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Breaking differences between a recording and the sandbox, including what the package reads from the responses. */
async function problemsOf(provider: Provider, recording: Recording): Promise<string[]> {
	const drift = await driftOfRecording(provider, recording);
	return drift
		.filter(({ grade }) => grade === 'breaking')
		.map(({ request, place, sandbox, real }) => `${request}, ${place}: ${sandbox} in the sandbox, ${real} in reality`);
}

describe('Recorded responses of real services', () => {
	it.each(PROVIDERS.map((provider) => [provider.displayName, provider] as const))(
		'of %s are read by the package and match the sandbox, if there are any',
		async (_, provider) => {
			const recording = readRecording(join(FIXTURES, provider.name));
			expect(recording ? await problemsOf(provider, recording) : []).toEqual([]);
		},
	);
});

describe.each(PROVIDERS.map((provider) => [provider.displayName, provider] as const))(
	'A recording of %s',
	(_, provider) => {
		const folder = mkdtempSync(join(tmpdir(), 'live-recording-'));
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		let recording: Recording;
		let files: string[];
		beforeAll(async () => {
			await checkService(provider.name as ProviderName, {}, folder);
			const path = join(folder, provider.name);
			recording = readRecording(path)!;
			files = readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'));
		});

		it('is read by the package and matches the sandbox', async () => {
			expect(await problemsOf(provider, recording)).toEqual([]);
		});

		it('contains the text of the sample', () => {
			expect(files.join('\n')).toContain(SAMPLE.text.slice(0, 5));
		});

		it('contains no key, token, signature, host or ID', () => {
			const text = files.join('\n');
			expect(text).not.toContain(API_KEY);
			expect(text).not.toMatch(/127\.0\.0\.1|localhost/);
			// Tokens that mix letters and digits may only be placeholders, dates, or names like `universal-3-5-pro`.
			const allowed =
				/^(id0+\d+|00000000-0000-4000-8000-\d{12}|LiveCheck0000001|\d{4}-\d\d-\d\dT\d\d|[a-z]+([-_][a-z]+\d*|[-_]\d{1,2})+)$/;
			const tokens = text.match(/[\w-]{16,}/g) ?? [];
			expect(tokens.filter((token) => /\d/.test(token) && /[a-z]/i.test(token) && !allowed.test(token))).toEqual([]);
			expect(text).not.toMatch(/token=(?!x\b|\[)/);
			expect(text).not.toMatch(/wsec_|sk_|it_live_|Bearer/);
		});

		it('reveals a field that the package needs and the service no longer sends', async () => {
			const broken = structuredClone(recording);
			for (const { step, responses } of broken.fixtures) {
				if (step !== 'fetch') continue;
				for (const response of responses) response.json = { renamed: response.json };
			}
			expect(await problemsOf(provider, broken)).toContainEqual(expect.stringMatching(/^fetch/));
		});
	},
);
