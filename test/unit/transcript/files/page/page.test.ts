import { ExportContext, type FileSettings, makeFile } from '../../../../../nodes/Transcription/transcript/files';
import { makePage } from '../../../../../nodes/Transcription/transcript/files/page';
import type { Transcript } from '../../../../../nodes/Transcription/transcript/model';
import { duration } from '../../../../../nodes/Transcription/transcript/files/clock';
import { statisticsOf } from '../../../../../nodes/Transcription/transcript/statistics';
import { aTranscript, sampleTranscript, wordsOf } from '../../transcripts';

const CALL = sampleTranscript('support-call-stereo');
const URL = 'https://example.com/call.mp3';
const pageOf = (transcript: Transcript, settings: FileSettings = {}) =>
	Buffer.from(makePage(new ExportContext(transcript, settings))).toString();
const page = (settings: FileSettings = {}, transcript = CALL) => pageOf(transcript, { recordingUrl: URL, ...settings });
const policyOf = (html: string) => /Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

describe('An HTML page with a recording', () => {
	it('has a player for the URL or the embedded recording', () => {
		expect(page()).toContain(`<audio controls preload="metadata" src="${URL}"></audio>`);
		expect(page({ embeddedRecording: { mimeType: 'video/mp4', content: new Uint8Array(3) } })).toContain(
			'<video controls preload="metadata" playsinline src="data:video/mp4;base64,AAAA"></video>',
		);
	});

	it.each([
		['https://example.com/a.mp3?key=1&x=%22', 'https://example.com/a.mp3'],
		['http://127.0.0.1:8080/a;b,c.mp3', 'http://127.0.0.1:8080/a%3Bb%2Cc.mp3'],
		['https://example.com/a[1]|2^.mp3', 'https://example.com/a%5B1%5D%7C2%5E.mp3'],
		['https://example.com/100%.mp3', 'https://example.com/100%25.mp3'],
		['https://example.com/100%25/a%20b@c:d~$!*(e)=f+.mp3', 'https://example.com/100%25/a%20b@c:d~$!*(e)=f+.mp3'],
		['https://例え.jp/a&copy.mp3', 'https://xn--r8jz45g.jp/a&amp;copy.mp3'],
		['http://[::1]:8080/a.mp3', 'http:'],
		// Hosts that would add directives, or be a wildcard.
		['https://e;script-src-elem;style-src-elem;x.com/a.mp3', '&#39;none&#39;'],
		['https://*.com/a.mp3', '&#39;none&#39;'],
	])('allows only %s in its content security policy', (recordingUrl, source) => {
		expect(policyOf(page({ recordingUrl }))).toMatch(
			/^default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+'; script-src 'sha256-\S+'; media-src /,
		);
		expect(policyOf(page({ recordingUrl }))).toContain(`; media-src ${source}; require`);
	});

	it('knows the difference between the transcript’s times and those of the recording', () => {
		expect(page({ offsetSeconds: -1.5 })).toContain(
			`<audio controls preload="metadata" data-offset="-1.5" src="${URL}">`,
		);
	});

	it('allows only embedded media if the recording is embedded', () => {
		const html = page({ embeddedRecording: { mimeType: 'audio/mpeg', content: new Uint8Array(3) } });
		expect(policyOf(html)).toContain('; media-src data:; ');
		expect(html).not.toContain(URL);
	});

	it.each([1, 2, 3, 196_607, 196_608, 196_609, 500_000])('embeds %i bytes unchanged', (length) => {
		const content = Buffer.from(Uint8Array.from({ length: length + 1 }, (_, index) => index * 7)).subarray(1);
		// Text that isn't part of the player must not be mistaken for it.
		const title = 'src="data:audio/mpeg;base64,"';
		const html = page({ title, embeddedRecording: { mimeType: 'audio/mpeg', content } });
		const embedded = /<audio[^>]* src="data:audio\/mpeg;base64,([^"]*)"><\/audio>/.exec(html)?.[1] ?? '';
		expect(Buffer.from(embedded, 'base64').equals(content)).toBe(true);
		expect(embedded).toBe(content.toString('base64'));
		expect(html).toMatch(/<\/html>\n$/);
	});

	it('shows each speaker’s share of the talk time in the speaker’s color', () => {
		const words = [
			...wordsOf('One two three.', { speaker: 'A', step: 1 }),
			...wordsOf('Four.', { speaker: 'B', from: 5, step: 1 }),
		];
		const html = page({ speakerNames: { A: 'R&D' } }, aTranscript({ words }));
		const speakers = [
			...html.matchAll(/<li class="(v\d)"><bdi>(.*?)<\/bdi>.*?<rect width="(\d+)".*?>(\d+)% · ([\d:]+)</g),
		];
		expect(speakers.map(([, ...parts]) => parts)).toEqual([
			['v1', 'R&amp;D', '76', '76', '0:03'],
			['v2', 'Speaker B', '24', '24', '0:01'],
		]);
		expect(html).toContain('<section class="voice v2">\n<h2><bdi>Speaker B</bdi></h2>');
		expect(page({ includeSpeakers: false })).not.toContain('class="speakers"');
	});

	it('shows an unknown speaker’s share without a color, so that the shares add up', () => {
		const words = [
			...wordsOf('One two three.', { speaker: 'A', step: 1 }),
			...wordsOf('Four.', { from: 5, step: 1 }),
			...wordsOf('Five.', { speaker: 'B', from: 8, step: 1 }),
		];
		const [, list = ''] =
			/<section class="speakers"[^]*?<ul>\n([^]*?)<\/ul>/.exec(page({}, aTranscript({ words }))) ?? [];
		expect([...list.matchAll(/<li(.*?)><bdi>(.*?)<\/bdi>.*?>(\d+)% /g)].map(([, ...parts]) => parts)).toEqual([
			[' class="v1"', 'Speaker A', '61'],
			['', 'Unknown speaker', '20'],
			[' class="v2"', 'Speaker B', '20'],
		]);
	});

	it.each<[string, Partial<Transcript>, FileSettings, string]>([
		['reported length', { durationSeconds: 100 }, {}, '1:40'],
		['length after the offset', { durationSeconds: 100 }, { offsetSeconds: -40 }, '1:00'],
		['end of the last word if the length contradicts it', { durationSeconds: 10 }, {}, '1:21'],
	])('shows the %s, as in the statistics', (_, reported, settings, length) => {
		const words = wordsOf('Hello there.', { from: 50, step: 30.6, speaker: 'A' }).map((word) => ({
			...word,
			end: word.start + 0.5,
		}));
		const transcript = aTranscript({ words, ...reported });
		expect(page(settings, transcript)).toContain(`<dt>Length</dt><dd>${length}</dd>`);
		const { durationSeconds } = statisticsOf(new ExportContext(transcript, settings).conversation());
		expect(duration(durationSeconds ?? 0)).toBe(length);
	});

	it('divides long transcripts, and long turns, into parts', () => {
		const sentence = Array.from({ length: 100 }, () => 'Longer').join(' ');
		const text = Array.from({ length: 100 }, () => `${sentence}.`).join(' ');
		const words = [
			...wordsOf(text, { speaker: 'A' }),
			...Array.from({ length: 50 }, (_, index) =>
				wordsOf('Yes.', { speaker: 'BA'[index % 2], from: 5000 + index }),
			).flat(),
		];
		const html = page({}, aTranscript({ words }));
		const parts = html.split('<div class="part">').slice(1);
		expect(parts.map((part) => part.match(/<p /g)?.length)).toEqual([40, 40, 20, 20, 20, 10]);
		expect(parts.map((part) => part.match(/<section class="voice v1"( data-continued)?>\n<(h2|p)/)?.[0])).toEqual([
			'<section class="voice v1">\n<h2',
			'<section class="voice v1" data-continued>\n<p',
			'<section class="voice v1" data-continued>\n<p',
			'<section class="voice v1">\n<h2',
			'<section class="voice v1">\n<h2',
			'<section class="voice v1">\n<h2',
		]);
		for (const tag of ['div', 'section']) expect(html.split(`<${tag}`).length).toBe(html.split(`</${tag}>`).length);
		expect(pageOf(aTranscript({ words }))).not.toContain('class="part"');
	});

	it('follows the recording without showing times if they are not included', () => {
		const html = page({ includeTimestamps: false });
		expect(html).not.toContain('<time');
		expect(html).toContain('<p id="t=2.1" data-at="0 ');
	});

	it('has times with the offset, which are those of the shortened recording', () => {
		expect(page({ offsetSeconds: -2 })).toContain('<p id="t=0.1" data-at="0 ');
	});

	it('doesn’t affect fragments', () => {
		const settings = { htmlFragment: true, recordingUrl: URL };
		expect(makeFile('html', CALL, settings)).toBe(makeFile('html', CALL, { htmlFragment: true }));
	});
});

describe('An HTML page without a recording', () => {
	it('has neither a script nor a player', () => {
		const html = pageOf(CALL);
		expect(html).not.toMatch(/<(script|audio|video|button|input)|data-at/);
		expect(policyOf(html)).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'none'$/);
	});
});
