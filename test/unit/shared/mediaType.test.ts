import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFile } from '../../../nodes/Transcription/shared/mediaType';
import { samplesFolder } from '../../../tools/demo/recording';

const described = async (binary: object, head: Buffer = Buffer.from('nothing known')) =>
	await describeFile(binary as never, async () => head);
const unread = async (binary: object) =>
	await describeFile(binary as never, () => {
		throw new Error('the file was read');
	});

describe('A file with a name and a type', () => {
	it.each([
		{ fileName: 'call.wav', mimeType: 'audio/wav' },
		{ fileName: 'no extension', mimeType: 'audio/wav' },
		{ fileName: 'Grüße.MP3', mimeType: 'application/octet-stream' },
		{ fileName: 'a.xyz', mimeType: 'audio/ogg; codecs=opus' },
	])('keeps both, without being read: %j', async (binary) => {
		expect(await unread(binary)).toEqual(binary);
	});
});

describe('The name', () => {
	it.each(['', ' ', null, undefined])('%j becomes one with the extension of the type', async (fileName) => {
		const mimeType = 'audio/mpeg';
		expect(await unread({ fileName, mimeType })).toEqual({ fileName: 'recording.mp3', mimeType });
	});

	it.each([
		['audio/mp4', 'm4a'],
		['audio/x-m4a', 'm4a'],
		['audio/x-wav', 'wav'],
		['audio/vnd.wave', 'wav'],
		['audio/ogg; codecs=opus', 'ogg'],
		['Audio/WebM', 'webm'],
		['video/mp4', 'mp4'],
		['video/quicktime', 'mov'],
		['audio/flac', 'flac'],
		['audio/amr', 'amr'],
	])('for %s has the extension %s', async (mimeType, extension) => {
		expect(await unread({ fileName: '', mimeType })).toEqual({ fileName: `recording.${extension}`, mimeType });
	});

	it('has n8n’s own extension, if there is one', async () => {
		const given = { fileName: '', fileExtension: '.OGA', mimeType: 'audio/ogg' };
		expect(await unread(given)).toEqual({ fileName: 'recording.oga', mimeType: 'audio/ogg' });
		expect(await unread({ ...given, fileExtension: '../x' })).toMatchObject({ fileName: 'recording.ogg' });
	});
});

describe('The type', () => {
	it.each(['', null, undefined, 'null', 'audio'])('%j becomes the one of the name', async (mimeType) => {
		expect(await unread({ fileName: 'voice.oga', mimeType })).toEqual({ fileName: 'voice.oga', mimeType: 'audio/ogg' });
	});

	it('is read from n8n’s own extension', async () => {
		expect(await unread({ fileName: 'voice', fileExtension: 'm4a' })).toEqual({
			fileName: 'voice',
			mimeType: 'audio/mp4',
		});
	});
});

const bytes = (hex: string) => Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(20)]);

describe('A file without a name and a type', () => {
	it.each([
		['52494646 00000000 57415645', 'wav', 'audio/wav'],
		['494433 03', 'mp3', 'audio/mpeg'],
		['fffb90', 'mp3', 'audio/mpeg'],
		['fff150', 'aac', 'audio/aac'],
		['664c6143', 'flac', 'audio/flac'],
		['4f676753', 'ogg', 'audio/ogg'],
		['1a45dfa3', 'webm', 'video/webm'],
		['00000020 66747970 4d344120', 'm4a', 'audio/mp4'],
		['00000020 66747970 69736f6d', 'mp4', 'video/mp4'],
		['00000014 66747970 71742020', 'mov', 'video/quicktime'],
		['00000014 66747970 33677034', '3gp', 'video/3gpp'],
		['2321414d52', 'amr', 'audio/amr'],
		['464f524d 00000000 41494646', 'aiff', 'audio/aiff'],
		['63616666', 'caf', 'audio/x-caf'],
		['3026b2758e66cf11', 'wma', 'audio/x-ms-wma'],
	])('that starts with %s is %s', async (hex, extension, mimeType) => {
		const fileName = `recording.${extension}`;
		expect(await described({ fileName: '', mimeType: null }, bytes(hex))).toEqual({ fileName, mimeType });
		expect(await described({ mimeType: 'application/octet-stream' }, bytes(hex))).toEqual({ fileName, mimeType });
	});

	it.each([Buffer.alloc(0), Buffer.from('RIFF'), Buffer.from('hello, I am text')])(
		'is unknown otherwise',
		async (head) => {
			expect(await described({ fileName: '', mimeType: null }, head)).toEqual({
				fileName: 'recording',
				mimeType: 'application/octet-stream',
			});
		},
	);

	it.each(readdirSync(samplesFolder).filter((name) => /\.(wav|mp3|flac|m4a|ogg)$/.test(name)))(
		'is recognized: %s',
		async (name) => {
			const head = readFileSync(join(samplesFolder, name)).subarray(0, 64);
			expect((await described({}, head)).fileName).toBe(`recording.${name.split('.').at(-1)}`);
		},
	);
});
