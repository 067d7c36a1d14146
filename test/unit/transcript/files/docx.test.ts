import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import {
	ExportContext,
	fileFormat,
	type FileSettings,
	makeFile,
} from '../../../../nodes/Transcription/transcript/files';
import type { Transcript } from '../../../../nodes/Transcription/transcript/model';
import { anyTranscript, aTranscript, HOSTILE, transcriptOf, wordsOf } from '../transcripts';
import { characters, everythingSaid } from './readers';

const docx = (transcript: Transcript, settings: FileSettings = {}) =>
	fileFormat('docx').make(new ExportContext(transcript, settings)) as Uint8Array;
const partsOf = (file: Uint8Array) =>
	Object.fromEntries(Object.entries(unzipSync(file)).map(([path, content]) => [path, strFromU8(content)]));
const documentOf = (transcript: Transcript, settings?: FileSettings) =>
	partsOf(docx(transcript, settings))['word/document.xml'] ?? '';

/** Converts a document with an independent parser. Warnings are errors, except for styles that mammoth doesn't know. */
async function htmlOf(transcript: Transcript, settings?: FileSettings): Promise<string> {
	const { value, messages } = await mammoth.convertToHtml(
		{ buffer: Buffer.from(docx(transcript, settings)) },
		{
			styleMap: [
				"p[style-name='Title'] => h1.title:fresh",
				"p[style-name='Details'] => p.details:fresh",
				"p[style-name='Speaker'] => p.speaker:fresh",
				"r[style-name='Time'] => time",
			],
		},
	);
	expect(messages).toEqual([]);
	return value;
}
const plainText = async (transcript: Transcript, settings?: FileSettings) =>
	(await mammoth.extractRawText({ buffer: Buffer.from(docx(transcript, settings)) })).value;

const CALL = aTranscript({
	language: 'en',
	durationSeconds: 63,
	recordingName: 'call.mp3',
	createdAt: '2026-11-27T10:00:00Z',
	words: [
		...wordsOf('Good morning. How can I help?', { speaker: 'A' }),
		...wordsOf('It’s <broken> & “new”.', { from: 4, speaker: 'Maria' }),
	],
});

describe('Word documents', () => {
	it('contain no recording name that isn’t text', async () => {
		const transcript = { ...CALL, recordingName: { en: 'call.mp3' } as unknown as string };
		expect(await htmlOf(transcript)).not.toContain('Recording:');
	});

	it('contain the title, the details, and the paragraphs with speakers and times', async () => {
		expect(await htmlOf(CALL, { title: 'Support Call' })).toBe(
			'<h1 class="title">Support Call</h1>' +
				'<p class="details">Recording: call.mp3</p>' +
				'<p class="details">Transcribed: 2026-11-27</p>' +
				'<p class="details">Length: 1:03</p>' +
				'<p class="details">Language: English</p>' +
				'<p class="speaker"><strong>Speaker A</strong>  <time>0:00</time></p>' +
				'<p>Good morning. How can I help?</p>' +
				'<p class="speaker"><strong>Maria</strong>  <time>0:04</time></p>' +
				'<p>It’s &lt;broken&gt; &amp; “new”.</p>',
		);
	});

	it('have the length after the offset, as in the statistics', async () => {
		expect(await htmlOf(CALL, { offsetSeconds: -3 })).toContain('<p class="details">Length: 1:00</p>');
	});

	it('use real names, or leave out speakers and times', async () => {
		expect(await plainText(CALL, { speakerNames: { A: 'Ada' } })).toContain('Ada  0:00\n\nGood morning.');
		const text = await plainText(CALL, { includeSpeakers: false, includeTimestamps: false });
		expect(text).not.toMatch(/Speaker|Maria|0:0/);
		expect(text).toContain('Good morning. How can I help?\n\nIt’s');
	});

	it('name an unknown speaker after a known one', async () => {
		const words = [...wordsOf('I agree.', { speaker: 'Ada' }), ...wordsOf('I do not.', { from: 4 })];
		expect(await plainText(aTranscript({ words }))).toContain(
			'Ada  0:00\n\nI agree.\n\nUnknown speaker  0:04\n\nI do not.',
		);
	});

	it('contain the summary, chapters, and action items as sections, with links to the paragraphs', async () => {
		const html = await htmlOf({
			...CALL,
			summary: 'A call.\nIt works.',
			chapters: [
				{ title: 'Hello', summary: 'They greet.', start: 0, end: 4 },
				{ title: 'Fault', start: 4.1, end: 6 },
			],
			actionItems: [{ text: 'Send <it>', assignee: 'Ada', start: 4.5 }, { text: 'Wait' }],
		});
		expect(html).toContain('<h1>Summary</h1><p>A call.</p><p>It works.</p><h1>Chapters</h1><ul><li>');
		const links = [...html.matchAll(/<a href="#([^"]+)"><time>([^<]+)<\/time><\/a> /g)].map(([, id, time]) => [
			id,
			time,
		]);
		expect(links.map(([, time]) => time)).toEqual(['0:00', '0:04', '0:04']);
		expect(html).toContain('<strong>Hello</strong><br />They greet.');
		expect(html).toContain('Send &lt;it&gt; (Ada)</li><li>Wait</li></ul><h1>Transcript</h1>');
		expect(html).toContain(`<p class="speaker"><a id="${links[0]?.[0]}"></a><strong>Speaker A`);
		expect(html).toContain(`<p class="speaker"><a id="${links[1]?.[0]}"></a><strong>Maria`);
		expect(links[2]?.[0]).toBe(links[1]?.[0]);
	});

	it('work without times, speakers, or speech', async () => {
		expect(await plainText(aTranscript({ text: 'One.\n\nTwo.' }))).toBe('Transcript\n\nOne.\n\nTwo.\n\n');
		expect(await plainText(aTranscript())).toBe('Transcript\n\nNo speech was detected.\n\n');
	});

	it('have a language for spelling, in the field for its script', () => {
		const styles = (language: string) => partsOf(docx({ ...CALL, language }))['word/styles.xml'];
		expect(styles('de_at')).toContain('<w:lang w:val="de-AT"/>');
		expect(styles('ja')).toContain('<w:lang w:eastAsia="ja"/>');
		expect(styles('he')).toContain('<w:lang w:bidi="he"/>');
		expect(styles('not a language')).not.toContain('<w:lang');
	});

	it('have no bold paragraph style in which a time would have to be bold, too', () => {
		// A style can't turn bold off again, because bold is a toggle property (ECMA-376, Part 1, 17.7.3).
		const styles = partsOf(docx(CALL))['word/styles.xml'] ?? '';
		expect(/<w:style [^>]*w:styleId="Speaker">.*<\/w:style>/.exec(styles)?.[0]).not.toContain('<w:b/>');
		expect(styles).not.toContain('w:val="0"/><w:color');
	});

	it('mark right-to-left paragraphs and words, but not words in other scripts', () => {
		const xml = documentOf(transcriptOf('שלום n8n עולם.', { speaker: 'דנה' }), { includeTimestamps: false });
		expect(xml).toContain(
			'<w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">שלום </w:t></w:r>' +
				'<w:r><w:t xml:space="preserve">n8n </w:t></w:r>' +
				'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">עולם.</w:t></w:r>',
		);
		expect(documentOf(transcriptOf('Hello.'))).not.toMatch(/w:bidi\/>|w:rtl/);
	});

	it('are the same for the same transcript, and small', () => {
		expect(docx(CALL)).toEqual(docx(CALL));
		expect(docx(CALL).length).toBeLessThan(8000);
	});

	it('are no text', () => {
		expect(() => makeFile('docx', CALL)).toThrow('“docx” is a binary format');
	});

	it('contain no relation to anything outside the document', () => {
		const parts = partsOf(docx({ ...CALL, text: 'https://example.com' }, { title: 'file:///etc/passwd' }));
		expect(
			Object.entries(parts).filter(([path, xml]) => path.endsWith('.rels') && /External|https?:\/\/example/.test(xml)),
		).toEqual([]);
		expect(Object.keys(parts)[0]).toBe('[Content_Types].xml');
	});
});

describe('Word documents of any transcript', () => {
	const anySettings: fc.Arbitrary<FileSettings> = fc.record(
		{
			speakerNames: fc.dictionary(fc.constantFrom('A', 'B', '1'), fc.constantFrom(...HOSTILE, 'Ada')),
			offsetSeconds: fc.double({ min: -20, max: 20, noNaN: true }),
			includeSpeakers: fc.boolean(),
			includeTimestamps: fc.boolean(),
			title: fc.constantFrom(...HOSTILE, 'Call'),
		},
		{ requiredKeys: [] },
	);

	it('can be read, and contain no characters that XML doesn’t allow', async () => {
		await fc.assert(
			fc.asyncProperty(anyTranscript, anySettings, async (transcript, settings) => {
				for (const xml of Object.values(partsOf(docx(transcript, settings)))) {
					expect(xml.isWellFormed()).toBe(true);
					expect(xml).not.toMatch(
						/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/,
					);
				}
				await htmlOf(transcript, settings);
			}),
			{ numRuns: 60 },
		);
	});

	it('contain every word exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(anyTranscript, async (transcript) => {
				const said = everythingSaid(transcript).replace(/[\ufffe\uffff]/g, '');
				const text = await plainText(transcript, { includeSpeakers: false, includeTimestamps: false, title: '=' });
				const [, body = ''] = said === '' ? [] : (/^=\n\n(?:(?:Language|Length): [^\n]*\n\n)*(.*)$/s.exec(text) ?? []);
				expect(characters(body)).toBe(said);
			}),
			{ numRuns: 60 },
		);
	});
});
