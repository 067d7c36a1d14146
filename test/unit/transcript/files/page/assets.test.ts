import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { makeFile } from '../../../../../nodes/Transcription/transcript/files';
import * as assets from '../../../../../nodes/Transcription/transcript/files/page/assets';
import { assetsFile, makeAssets } from '../../../../../tools/page/assets';
import { sampleTranscript } from '../../transcripts';

describe('The styles and the script of the HTML page', () => {
	it('are up to date (otherwise, run npm run build:page)', async () => {
		expect(readFileSync(assetsFile, 'utf8')).toBe(await makeAssets());
	});

	it.each(Object.entries(assets))('%s has the right hash', (_, { text, hash }) => {
		expect(hash).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`);
	});

	it('are smaller than 40 kB', () => {
		const page = makeFile('html', sampleTranscript('sales-call'), { recordingUrl: 'https://example.com/call.mp3' });
		const inlined = [...page.matchAll(/<(style|script)>([^]*?)<\/\1>/g)].map(([, , text]) => text);
		expect(inlined).toEqual([assets.PAGE_STYLE.text, assets.PLAYER_STYLE.text, assets.PLAYER_SCRIPT.text]);
		expect(Buffer.byteLength(inlined.join(''))).toBeLessThan(40_000);
	});
});
