import type { IExecuteFunctions } from 'n8n-workflow';
import { makeFiles } from '../../../nodes/Transcription/shared/files';
import { transcriptOf } from '../transcript/transcripts';

/** The name that a file gets. */
async function named(fileName: string): Promise<string> {
	const helpers = { prepareBinaryData: async (_: Buffer, name: string) => await Promise.resolve({ fileName: name }) };
	const { srt } = await makeFiles({ helpers } as unknown as IExecuteFunctions, transcriptOf('Hello.'), ['srt'], {}, fileName);
	return srt?.fileName ?? '';
}

describe('a file name', () => {
	it('keeps what stands behind half a character', async () => expect(await named('a\ud800b')).toBe('a\ufffdb.srt'));
	it('leads nowhere else', async () => expect(await named('../a/b\\c\n.srt')).toBe('_a_b_c_.srt'));
	it('has room in a file system, whatever its script', async () => {
		for (const name of ['会'.repeat(200), `a${'😀'.repeat(200)}`, 'x'.repeat(500)]) {
			const file = await named(name);
			expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
			expect(file).not.toContain('\ufffd');
		}
	});
	it('hides no extension behind a change of direction', async () => expect(await named('a\u202egpj')).toBe('a_gpj.srt'));
});
