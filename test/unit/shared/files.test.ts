import type { IExecuteFunctions } from 'n8n-workflow';
import { fileNameOf, makeFiles } from '../../../nodes/Transcription/shared/files';
import { transcriptOf } from '../transcript/transcripts';

async function createdFileName(fileName: string): Promise<string> {
	const helpers = { prepareBinaryData: async (_: Buffer, name: string) => await Promise.resolve({ fileName: name }) };
	const { srt } = await makeFiles(
		{ helpers } as unknown as IExecuteFunctions,
		transcriptOf('Hello.'),
		['srt'],
		{},
		fileName,
	);
	return srt?.fileName ?? '';
}

describe('File names', () => {
	it('keep the text after a lone surrogate', async () =>
		expect(await createdFileName('a\ud800b')).toBe('a\ufffdb.srt'));
	it('contain no path separators', async () => expect(await createdFileName('../a/b\\c\n.srt')).toBe('_a_b_c_.srt'));
	it('fit into 255 bytes in any script', async () => {
		for (const name of ['会'.repeat(200), `a${'😀'.repeat(200)}`, 'x'.repeat(500)]) {
			const file = await createdFileName(name);
			expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
			expect(file).not.toContain('\ufffd');
		}
	});
	it('contain no bidirectional controls, which could hide the extension', async () =>
		expect(await createdFileName('a\u202egpj')).toBe('a_gpj.srt'));
});

describe('The name of a transcript’s files', () => {
	const transcript = { ...transcriptOf('Hello.'), id: '9ea68fd3' };

	it('is the title in the metadata', () =>
		expect(fileNameOf({ ...transcript, recordingName: 'call.mp3', metadata: { title: 'Call with Ada' } })).toBe(
			'Call with Ada',
		));
	it('is otherwise the recording’s name, without the extension', () =>
		expect(fileNameOf({ ...transcript, recordingName: 'call.mp3', metadata: { contactId: '1' } })).toBe('call'));
	it('is otherwise the transcript’s ID', () => expect(fileNameOf(transcript)).toBe('9ea68fd3'));
	it('is never an object that another node put in place of a name', () =>
		expect(
			fileNameOf({ ...transcript, recordingName: { path: 'x' } as never, metadata: { title: ['y'] as never } }),
		).toBe('9ea68fd3'));
});
