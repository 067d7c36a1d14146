import {
	ExportContext,
	FILE_FORMATS,
	type FileSettings,
	makeFile,
} from '../../../../nodes/Transcription/transcript/files';
import { makeCsv } from '../../../../nodes/Transcription/transcript/files/csv';
import { aTranscript, HOSTILE, INTERRUPTED, transcriptOf, sampleTranscript, wordsOf } from '../transcripts';
import { readCsv, readFragment, readHtml, readMarkdown, unescapeHtml } from './readers';

const CALL = sampleTranscript('support-call-stereo');
const make = (format: string, text: string, settings: FileSettings = {}) =>
	makeFile(format, transcriptOf(text, { speaker: 'A' }), settings);

describe('TXT', () => {
	it('puts the speaker before each paragraph', () => {
		expect(makeFile('txt', CALL)).toBe(
			'A: Support desk, good afternoon.\n\nB: My router keeps losing the connection.\n\nA: Please restart it and wait one minute.\n\nB: Now it works. Thanks a lot.\n',
		);
	});
	it('omits speakers if they are not included', () => {
		expect(makeFile('txt', CALL, { includeSpeakers: false })).toMatch(/^Support desk, good afternoon\.\n\nMy router/);
	});
	it('includes times if requested', () =>
		expect(makeFile('txt', CALL, { includeTimestamps: true })).toMatch(/^\[0:00\] A: Support.*\n\n\[0:02\] B: My/));
	it('includes hours in times above an hour', () => {
		expect(makeFile('txt', transcriptOf('Late.', { from: 3723 }), { includeTimestamps: true })).toBe(
			'[1:02:03] Late.\n',
		);
	});
	it('uses real names for speakers', () => {
		expect(makeFile('txt', CALL, { speakerNames: { A: 'Ada', B: 'Charles' } })).toMatch(/^Ada: .*\n\nCharles: /);
	});
	it('doesn’t use built-in properties as names', () => {
		expect(makeFile('txt', transcriptOf('Hi.', { speaker: 'constructor' }), { speakerNames: {} })).toBe(
			'constructor: Hi.\n',
		);
	});
	it('is empty without speech', () => expect(makeFile('txt', aTranscript())).toBe(''));
});

/** Speech of which the service doesn't know the speaker, after speech of which it does. */
const PARTLY_UNKNOWN = aTranscript({
	utterances: [
		{ text: 'Hello.', start: 0, end: 1 },
		{ text: 'I agree.', start: 1, end: 2, speaker: 'A' },
		{ text: 'I do not.', start: 2, end: 3 },
		{ text: 'Okay.', start: 3, end: 4, speaker: 'B' },
	],
});

describe('Speech of an unknown speaker', () => {
	it.each<[string, FileSettings, string]>([
		['txt', {}, 'Hello.\n\nA: I agree.\n\nUnknown speaker: I do not.\n\nB: Okay.\n'],
		['md', {}, 'Hello.\n\n**A:** I agree.\n\n**Unknown speaker:** I do not.\n\n**B:** Okay.\n'],
		[
			'html',
			{ htmlFragment: true },
			'<p>Hello.</p>\n<p><strong>A:</strong> I agree.</p>\n<p><strong>Unknown speaker:</strong> I do not.</p>\n<p><strong>B:</strong> Okay.</p>\n',
		],
	])('isn’t attributed to the previous speaker in %s %j', (format, settings, content) => {
		expect(makeFile(format, PARTLY_UNKNOWN, settings)).toBe(content);
		expect(makeFile(format, PARTLY_UNKNOWN, { ...settings, includeSpeakers: false })).not.toContain('Unknown');
	});

	it('has its own section without a color in the page', () => {
		const page = makeFile('html', PARTLY_UNKNOWN, { includeTimestamps: false });
		expect(page.slice(page.indexOf('<section'), page.indexOf('</main>'))).toBe(
			[
				'<section>\n<p><span dir="auto">Hello.</span></p>\n</section>\n',
				'<section class="voice v1">\n<h2><bdi>Speaker A</bdi></h2>\n<p><span dir="auto">I agree.</span></p>\n</section>\n',
				'<section>\n<h2><bdi>Unknown speaker</bdi></h2>\n<p><span dir="auto">I do not.</span></p>\n</section>\n',
				'<section class="voice v2">\n<h2><bdi>Speaker B</bdi></h2>\n<p><span dir="auto">Okay.</span></p>\n</section>\n',
			].join(''),
		);
	});
});

const ABOUT = {
	summary: '- A router\n\n- <b>Restarted</b>',
	chapters: [
		{ title: 'The *fault*', summary: 'What happens.', start: 0, end: 4.4 },
		{ title: 'The remedy', start: 4.4, end: 9 },
	],
};

const TASKS = {
	actionItems: [
		{ text: 'Send the *contract*.\nToday.', assignee: 'Ada', start: 2.2, quote: 'I’ll send it.' },
		{ text: 'Buy a router', type: 'decision', start: 5, end: 8 },
		{ text: ' ' },
		{ text: '- Wait' },
	],
};

describe('Markdown', () => {
	it('lists action items after the chapters', () => {
		expect(makeFile('md', { ...CALL, ...ABOUT, ...TASKS })).toContain(
			'- **The remedy**\n\n**Action items**\n\n- Send the \\*contract\\*. Today. (Ada)\n- Buy a router (decision)\n- \\- Wait\n\n**A:** Support',
		);
	});

	it('includes the times of action items with the offset if times are requested', () => {
		const file = makeFile('md', { ...CALL, ...TASKS }, { includeTimestamps: true, offsetSeconds: -6 });
		expect(file).toContain('**Action items**\n\n- \\[0:00\\] Buy a router (decision)\n- \\- Wait\n');
		expect(file).not.toContain('contract');
	});

	it('shows summaries of topics only once, with the chapters', () => {
		const chapters = [
			{ title: 'Fault', summary: 'It fails.', start: 0, end: 4 },
			{ title: 'Remedy', summary: 'Restart it.\nWait.', start: 4, end: 9 },
		];
		const file = makeFile('md', { ...CALL, summary: 'It fails.\nRestart it.\nWait.', chapters });
		expect(file).toMatch(/^- \*\*Fault\*\* It fails\.\n- \*\*Remedy\*\* Restart it\. Wait\.\n\n\*\*A:/);
		expect(makeFile('md', { ...CALL, summary: 'It fails. Wait.', chapters })).toMatch(/^> It fails\. Wait\.\n/);
	});

	it('starts with the summary and chapters', () => {
		expect(makeFile('md', { ...CALL, ...ABOUT }, { title: 'Call' })).toMatch(
			/^# Call\n\n> \\- A router\n>\n> \\- \\<b\\>Restarted\\<\/b\\>\n\n- \*\*The \\\*fault\\\*\*\* What happens\.\n- \*\*The remedy\*\*\n\n\*\*A:\*\* Support/,
		);
	});

	it('includes chapter times with the offset if times are requested', () => {
		const file = makeFile('md', { ...CALL, ...ABOUT }, { includeTimestamps: true, offsetSeconds: -4.4 });
		expect(file).toContain('- \\[0:00\\] **The remedy**\n');
		expect(file).not.toContain('fault');
	});

	it('sets speakers in bold below an optional heading', () => {
		expect(makeFile('md', CALL, { title: 'Call #7', includeTimestamps: true })).toMatch(
			/^# Call #7\n\n\\\[0:00\\\] \*\*A:\*\* Support desk, good afternoon\.\n\n\\\[0:02\\\] \*\*B:\*\* My/,
		);
	});

	it('links times to the recording if its URL is known', () => {
		const recordingUrl = 'https://example.com/calls/1.mp3?key=a_b';
		const linked = { includeTimestamps: true, recordingUrl };
		expect(makeFile('md', { ...CALL, ...ABOUT, ...TASKS }, linked)).toContain(
			`- [0:04](${recordingUrl}#t=4.4) **The remedy**\n\n**Action items**\n\n- [0:02](${recordingUrl}#t=2.2) Send`,
		);
		expect(makeFile('md', CALL, linked)).toMatch(
			/^\[0:00\]\(https:\/\/example\.com\/calls\/1\.mp3\?key=a_b#t=0\) \*\*A:\*\* Support/,
		);
		expect(makeFile('md', CALL, { recordingUrl })).not.toContain('example.com');
	});

	it('links to the recording’s own times if the transcript’s times are shifted', () => {
		const settings = { includeTimestamps: true, recordingUrl: 'https://example.com/1.mp3' };
		expect(makeFile('md', CALL, { ...settings, offsetSeconds: 60 })).toMatch(
			/^\[1:00\]\(https:\/\/example\.com\/1\.mp3#t=0\) /,
		);
	});

	it('links to URLs with characters that have a meaning in Markdown', () => {
		const recordingUrl = 'https://example.com/(1).mp3?path=a\\b&copy;=1';
		expect(makeFile('md', CALL, { includeTimestamps: true, recordingUrl })).toContain(
			'[0:00](https://example.com/%281%29.mp3?path=a%5Cb&amp;copy;=1#t=0) ',
		);
	});

	it('keeps a number sign at the end of the heading', () => {
		expect(makeFile('md', transcriptOf('a'), { title: 'Nocturne in C #' })).toBe('# Nocturne in C \\#\n\na\n');
		expect(makeFile('md', transcriptOf('a'), { title: '##' })).toBe('# #\\#\n\na\n');
	});

	it.each([
		['[a](javascript:1)', '\\[a\\](javascript:1)'],
		['![x](y)', '!\\[x\\](y)'],
		['<img onerror=x>', '\\<img onerror=x\\>'],
		['`rm`', '\\`rm\\`'],
		['**bold** _x_', '\\*\\*bold\\*\\* \\_x\\_'],
		['&lt;', '\\&lt;'],
		['a|b', 'a\\|b'],
		['~~a~~', '\\~\\~a\\~\\~'],
		['\\*', '\\\\\\*'],
		['# a', '\\# a'],
		['- a', '\\- a'],
		['+ a', '\\+ a'],
		['12. a', '12\\. a'],
		['12) a', '12\\) a'],
		['---', '\\---'],
		['===', '\\==='],
	])('escapes “%s” as text', (text, escaped) => {
		expect(makeFile('md', transcriptOf(text))).toBe(`${escaped}\n`);
	});
});

describe('HTML', () => {
	it('declares its language and direction', () => {
		expect(makeFile('html', { ...CALL, language: 'de' })).toContain('<html lang="de" dir="ltr">');
		expect(makeFile('html', { ...CALL, language: 'he' })).toContain('<html lang="he" dir="rtl">');
		expect(makeFile('html', { ...CALL, language: '"><script>' })).toContain('<html dir="ltr">');
	});

	it('links each paragraph’s time to the paragraph', () => {
		const page = makeFile('html', CALL);
		expect(page).toContain('<p id="t=2.1"><a href="#t=2.1"><time datetime="PT2.14S">0:02</time></a>');
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
		expect(ids).toHaveLength(4);
		expect(targets).toEqual(ids);
	});

	it('has the paragraphs’ times with the precision of the positions that the player uses', () => {
		const words = [...wordsOf('One.', { speaker: 'A' }), ...wordsOf('Two.', { speaker: 'B', from: 12.345 })];
		const page = makeFile('html', aTranscript({ words }), { recordingUrl: 'https://example.com/call.mp3' });
		expect(page).toContain(
			'<p id="t=12.3" data-at="0 1235" data-end="12.7"><a href="#t=12.3"><time datetime="PT12.35S">',
		);
	});

	it('links each chapter to the paragraph where it starts', () => {
		const page = makeFile('html', { ...CALL, ...ABOUT });
		expect(page).toContain('<div class="summary" dir="auto">- A router\n- &lt;b&gt;Restarted&lt;/b&gt;</div>');
		expect(page).toContain(
			'<li><a href="#t=0"><time datetime="PT0S">0:00</time></a> <span dir="auto"><strong>The *fault*</strong><br>What happens.</span></li>',
		);
		expect(page).toContain(
			'<li><a href="#t=4.5"><time datetime="PT4.4S">0:04</time></a> <span dir="auto"><strong>The remedy</strong></span></li>',
		);
	});

	it('links a chapter to its paragraph if another channel’s turn is in between', () => {
		const page = makeFile('html', INTERRUPTED);
		const target = Number(/<li><a href="#t=([\d.]+)"/.exec(page)?.[1]);
		expect(target).toBeGreaterThan(50);
		expect(target).toBeLessThanOrEqual(80.5);
	});

	it('lists chapters without links if times are not included', () => {
		expect(makeFile('html', { ...CALL, ...ABOUT }, { includeTimestamps: false })).toContain(
			'<li><span dir="auto"><strong>The remedy</strong></span></li>',
		);
	});

	it('omits summary and chapters if the service returned none', () => {
		expect(makeFile('html', CALL)).not.toMatch(/<nav|class="summary"/);
	});

	it('lists action items with links to the paragraphs in which they start', () => {
		const page = makeFile('html', { ...CALL, ...TASKS });
		expect(page).toContain(
			'<nav class="actions" aria-labelledby="actions">\n<h2 id="actions" lang="en">Action items</h2>\n<ol>\n<li><a href="#t=2.1"><time datetime="PT2.2S">0:02</time></a> <span dir="auto">Send the *contract*. Today. (Ada)</span></li>\n<li><a href="#t=4.5">',
		);
		expect(page).toContain('<li><span dir="auto">- Wait</span></li>\n</ol>\n</nav>\n</header>');
	});

	it('has unique IDs if two paragraphs start at the same time', () => {
		const words = [...wordsOf('Yes.', { channel: '1' }), ...wordsOf('No.', { channel: '2' })];
		expect(makeFile('html', aTranscript({ words })).match(/id="t=0"/g)).toHaveLength(1);
	});

	it('has no scripts and loads no resources', () => {
		const page = make('html', HOSTILE.join(' '), {
			title: '</title><script>',
			speakerNames: { A: '<img src=x onerror=y>' },
		});
		expect(page).not.toMatch(/<(script|img|link|iframe)|https?:|url\(/i);
		expect(page).toContain("default-src 'none'");
	});

	it('names a speaker once per turn, in the speaker’s color', () => {
		const page = makeFile('html', CALL, { speakerNames: { A: 'R&D' } });
		expect(page.match(/<bdi>([^<]*)</g)?.map((tag) => unescapeHtml(tag.slice(5, -1)))).toEqual([
			'R&D',
			'Speaker B',
			'R&D',
			'Speaker B',
		]);
		expect(page.match(/class="voice v\d"/g)).toEqual([
			'class="voice v1"',
			'class="voice v2"',
			'class="voice v1"',
			'class="voice v2"',
		]);
	});

	it.each<[string[], Record<string, string>, string[]]>([
		[['A', 'B'], { A: 'Speaker B' }, ['Speaker B', 'B']],
		[['A', 'speaker_A'], {}, ['A', 'speaker_A']],
		[['0', '1'], { 0: 'Speaker 1' }, ['Speaker 1', '1']],
		[['A', 'B'], { A: 'Ada', B: 'Ada' }, ['Ada']],
	])('tells the speakers %j apart unless the names %j are the same', (labels, speakerNames, expected) => {
		const words = labels.flatMap((speaker, index) => wordsOf('word', { speaker, from: index * 2 }));
		const context = new ExportContext(aTranscript({ words }), { speakerNames });
		const page = makeFile('html', context.transcript, { speakerNames });
		expect([...page.matchAll(/<h2><bdi>(.*?)</g)].map(([, name]) => name)).toEqual(expected);
		const { voices } = context.conversation((who) => context.displayName(who));
		expect(voices.map(({ name }) => name)).toEqual(expected);
		expect(context.conversation().voices).toHaveLength(expected.length);
	});

	it('has no times if there are none or they are not included', () => {
		expect(makeFile('html', aTranscript({ text: 'Hello.' }))).not.toContain('<time');
		expect(makeFile('html', CALL, { includeTimestamps: false })).not.toContain('<time');
	});

	it('shows a message without speech', () =>
		expect(makeFile('html', aTranscript())).toContain('No speech was detected.'));

	it('closes every section that it opens', () => {
		const page = makeFile('html', sampleTranscript('sales-call'));
		expect(page.match(/<section/g)?.length).toBe(page.match(/<\/section>/g)?.length);
	});
});

describe('HTML fragment', () => {
	const fragment = (transcript = CALL, settings: FileSettings = {}) =>
		makeFile('html', transcript, { ...settings, htmlFragment: true });

	it('contains only paragraphs with the speaker in bold, without a page, style, or title', () => {
		expect(fragment(CALL, { title: 'Call', speakerNames: { A: 'R&D' } })).toMatch(
			/^<p><strong>R&amp;D:<\/strong> Support desk, good afternoon\.<\/p>\n<p><strong>B:<\/strong> My/,
		);
		expect(new Set(fragment().match(/<[^>]*>/g))).toEqual(new Set(['<p>', '<strong>', '</strong>', '</p>']));
	});

	it('names a speaker only when the speaker changes', () => {
		const words = [
			...wordsOf('One.', { speaker: 'A' }),
			...wordsOf('Two.', { speaker: 'A', from: 30 }),
			...wordsOf('Three.', { speaker: 'B', from: 60 }),
		];
		expect(fragment(aTranscript({ words })).match(/<strong>/g)).toHaveLength(2);
		expect(fragment(CALL, { includeSpeakers: false })).not.toContain('<strong>');
	});

	it('starts with the summary and chapters', () => {
		expect(fragment({ ...CALL, ...ABOUT })).toMatch(
			/^<blockquote>\n<p>- A router<\/p>\n<p>- &lt;b&gt;Restarted&lt;\/b&gt;<\/p>\n<\/blockquote>\n<ul>\n<li><strong>The \*fault\*<\/strong> What happens\.<\/li>\n<li><strong>The remedy<\/strong><\/li>\n<\/ul>\n<p><strong>A:/,
		);
	});

	it('lists action items after the chapters', () => {
		expect(fragment({ ...CALL, ...ABOUT, ...TASKS })).toContain(
			'</ul>\n<p><strong>Action items</strong></p>\n<ul>\n<li>Send the *contract*. Today. (Ada)</li>\n<li>Buy a router (decision)</li>\n<li>- Wait</li>\n</ul>\n<p><strong>A:',
		);
		expect(fragment({ ...CALL, ...TASKS }, { includeTimestamps: true })).toContain(
			'<li><time>0:05</time> Buy a router (decision)</li>',
		);
	});

	it('includes times only if requested', () => {
		expect(fragment()).not.toContain('<time');
		expect(fragment(CALL, { includeTimestamps: true })).toContain('<p><time>0:02</time> <strong>B:</strong> My');
	});

	it('sets the direction for right-to-left languages', () => {
		expect(fragment({ ...transcriptOf('שלום'), language: 'he' })).toBe('<p dir="rtl">שלום</p>\n');
	});

	it('escapes shortcodes and markup in the text', () => {
		expect(fragment(transcriptOf('see [gallery ids="1"] <!--more--> <script>'))).toBe(
			'<p>see &#91;gallery ids=&quot;1&quot;&#93; &lt;!--more--&gt; &lt;script&gt;</p>\n',
		);
	});

	it('is empty without speech', () => expect(fragment(aTranscript())).toBe(''));
});

describe('CSV', () => {
	it('has a row per utterance and a byte order mark for Excel', () => {
		const file = makeFile('csv', CALL, { speakerNames: { A: 'Ada, CEO' } });
		expect(
			file.startsWith(
				'\ufeffindex,start,end,speaker,channel,text\r\n1,0,1.779,"Ada, CEO",,"Support desk, good afternoon."\r\n',
			),
		).toBe(true);
		expect(readCsv(file.slice(1))).toHaveLength(5);
	});

	it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '=cmd|x!A1', '"=1"'])('escapes “%s” as text', (text) => {
		const [, row] = readCsv(makeFile('csv', transcriptOf(text, { speaker: text })).slice(1));
		expect(row?.[5]).toBe(/^"/.test(text) ? text : `'${text}`);
		expect(row?.[3]).toBe(row?.[5]);
	});

	it('writes a negative time as a number', () => {
		const context = new ExportContext(aTranscript({ utterances: [{ text: '-1', start: 1, end: 2, speaker: '-1' }] }));
		for (const token of context.spoken.turns.flatMap(({ tokens }) => tokens)) token.start = -0.4;
		expect(makeCsv(context)).toContain("\r\n1,-0.4,2,'-1,,'-1\r\n");
	});

	it('doubles quotes', () => expect(make('csv', 'say "no", please')).toContain('"say ""no"", please"'));

	it('leaves times empty if there are none', () => {
		expect(readCsv(makeFile('csv', aTranscript({ text: 'Hello.' })).slice(1))[1]).toEqual([
			'1',
			'',
			'',
			'',
			'',
			'Hello.',
		]);
	});
});

describe('JSON', () => {
	it('contains the whole model without the raw response', () => {
		const { raw: _, ...model } = {
			...CALL,
			raw: { huge: true },
			translations: { de: 'Hallo' },
			metadata: { deal: '7' },
		};
		expect(JSON.parse(makeFile('json', { ...model, raw: { huge: true } }))).toEqual(model);
	});

	it('keeps every character', () => {
		const transcript = transcriptOf(HOSTILE.filter((text) => !text.includes(' ')).join(' '));
		expect(JSON.parse(makeFile('json', transcript))).toEqual(transcript);
	});

	it('keeps the provider’s speakers and times, so that they can be changed again', () => {
		expect(makeFile('json', CALL, { speakerNames: { A: 'Ada' }, offsetSeconds: 10 })).toBe(makeFile('json', CALL));
	});
});

describe('a transcript with text only', () => {
	it.each(['txt', 'md', 'html', 'csv', 'json'])('can be exported to %s', (format) => {
		expect(makeFile(format, aTranscript({ text: 'First part.\n\nSecond part.' }))).toContain('Second part.');
	});
});

it('has a unique extension for every format', () => {
	const formats = FILE_FORMATS.map(({ format }) => format);
	expect(formats).toEqual(['csv', 'docx', 'html', 'json', 'md', 'srt', 'svg', 'txt', 'vtt']);
	expect(() => makeFile('pdf', CALL)).toThrow('“pdf”');
});

describe('hostile text', () => {
	it.each(HOSTILE.map((text, index) => [index, text]))('keeps text %d in place in every document', (_index, text) => {
		const given = transcriptOf(`before ${text} after`, { speaker: 'A' });
		const plain = makeFile('txt', given, { includeSpeakers: false }).trimEnd();
		expect(plain).toMatch(/^before[^\n]*after$/);
		expect(readHtml(makeFile('html', given))).toEqual([plain]);
		expect(readFragment(makeFile('html', given, { includeSpeakers: false, htmlFragment: true }))).toEqual([plain]);
		expect(readMarkdown(makeFile('md', given, { includeSpeakers: false })).trimEnd()).toBe(plain);
		expect(readCsv(makeFile('csv', given).slice(1))[1]?.[5]).toBe(plain);
	});
});
