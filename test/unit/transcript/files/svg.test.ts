import fc from 'fast-check';
import { ExportContext, type FileSettings, makeFile } from '../../../../nodes/Transcription/transcript/files';
import type { Transcript, Word } from '../../../../nodes/Transcription/transcript/model';
import { statisticsOf } from '../../../../nodes/Transcription/transcript/statistics';
import { anyTranscript, aTranscript, sampleTranscript, wordsOf } from '../transcripts';

/** The width of a lane for the whole recording. */
const LANE_WIDTH = 600;

const svgOf = (transcript: Transcript, settings: FileSettings = {}) => makeFile('svg', transcript, settings);

/** Returns the contents of elements as text. */
const textsIn = (svg: string, element: string) =>
	[...svg.matchAll(new RegExp(`<${element}\\b[^>]*>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => text);

/** Returns the rectangles of each lane. */
const lanesIn = (svg: string) =>
	[...svg.matchAll(/<path [^>]* d="([^"]*)"/g)].map(([, path = '']) =>
		[...path.matchAll(/M([\d.]+) \d+h([\d.]+)/g)].map(([, x, width]) => ({ x: Number(x), width: Number(width) })),
	);

const widthOf = (lane: ReadonlyArray<{ width: number }>) => lane.reduce((sum, { width }) => sum + width, 0);

/** A recording of ten seconds in which A talks from 1 to 3 s, and B from 5 to 6 s. */
const CALL = aTranscript({
	durationSeconds: 10,
	utterances: [
		{ text: 'How are you today?', start: 1, end: 3, speaker: 'A' },
		{ text: 'Fine.', start: 5, end: 6, speaker: 'B' },
	],
});

/** Returns a transcript in which each of the speakers says a word, and the later ones talk longer. */
const conference = (speakers: number) =>
	aTranscript({
		words: Array.from({ length: speakers }, (_, index): Word => ({
			text: 'word',
			start: index * 2,
			end: index * 2 + 0.5 + index / 100,
			kind: 'word',
			speaker: `Person ${index}`,
		})),
	});

describe('The chart', () => {
	it('draws when each speaker talks', () =>
		expect(lanesIn(svgOf(CALL))).toEqual([[{ x: 80, width: 120 }], [{ x: 320, width: 60 }]]));

	it('shows the names, shares, and talk times', () =>
		expect(textsIn(svgOf(CALL), 'text')).toEqual([
			'Talk time',
			'0:10 · 2 speakers · 70% silence',
			...['0:00', '0:02', '0:04', '0:06', '0:08', '0:10'],
			'Speaker A',
			'67% · 0:02',
			'Speaker B',
			'33% · 0:01',
		]));

	it('has the colors of the page, in which an unknown speaker has none', () => {
		const words = ['A', undefined, 'B'].flatMap((speaker, index) =>
			wordsOf('One two.', { from: index * 3, ...(speaker && { speaker }) }),
		);
		const colors = [...svgOf(aTranscript({ words })).matchAll(/<path class="(\w+)"/g)].map(([, color]) => color);
		expect(colors).toEqual(['v1', 'quiet', 'v2']);
	});

	it('has its figures as text for screen readers', () => {
		const svg = svgOf(CALL, { title: 'Call', speakerNames: { A: 'Ada' } });
		expect(svg).toContain(' role="img" ');
		expect(textsIn(svg, 'title')).toEqual(['Talk time: Call']);
		expect(textsIn(svg, 'desc')).toEqual([
			'Talk time in a recording of 0:10. Ada: 0:02 (67%), Speaker B: 0:01 (33%). Silence: 0:07 (70% of the recording).',
		]);
	});

	it('labels the time axis with the offset', () =>
		expect(textsIn(svgOf(CALL, { offsetSeconds: 3595 }), 'text')).toEqual(
			expect.arrayContaining(['59:56', '1:00:04']),
		));

	it('doesn’t contain names if speakers aren’t included', () => {
		const svg = svgOf(CALL, { speakerNames: { A: 'Ada', B: 'Bob' }, includeSpeakers: false });
		expect(svg).not.toMatch(/Ada|Bob/);
		expect(textsIn(svg, 'text')).toEqual(expect.arrayContaining(['Speaker 1', 'Speaker 2']));
	});

	it('has one lane without a name if the service distinguishes neither speakers nor channels', () => {
		const svg = svgOf(aTranscript({ words: wordsOf('Just one voice') }));
		expect(lanesIn(svg)).toHaveLength(1);
		expect(textsIn(svg, 'text')).toContain('Speech');
		expect(svg).not.toContain('speaker');
	});

	it('shows the speakers who talk the most, and the others together', () => {
		expect(lanesIn(svgOf(conference(12)))).toHaveLength(12);
		const svg = svgOf(conference(13));
		expect(lanesIn(svg)).toHaveLength(12);
		const texts = textsIn(svg, 'text');
		expect(texts).toContain('2 others');
		expect(texts).not.toContain('Person 0');
		expect(texts).not.toContain('Person 1');
		expect(lanesIn(svg).at(-1)).toHaveLength(2);
	});

	it('shortens long names and titles, but not their text alternative', () => {
		const long = 'A very long name '.repeat(10).trim();
		const svg = svgOf(CALL, { title: long, speakerNames: { A: long } });
		const [title = '', ...others] = textsIn(svg, 'text');
		expect(title.length).toBeLessThan(60);
		expect(others.find((text) => text.startsWith('A very long'))).toMatch(/…$/);
		expect(textsIn(svg, 'desc')[0]).toContain(`${long}: 0:02`);
	});

	it('stays small if a name is endless', () =>
		expect(svgOf(CALL, { speakerNames: { A: 'A'.repeat(100_000) } }).length).toBeLessThan(5000));

	it('doesn’t count words without a speaker as one', () => {
		const words = [...wordsOf('one', { speaker: 'A' }), ...wordsOf('two', { from: 2 })];
		expect(textsIn(svgOf(aTranscript({ words })), 'text')).toEqual(
			expect.arrayContaining([expect.stringContaining(' · 1 speaker · '), 'Unknown speaker']),
		);
	});

	it('stays small for long recordings', () => {
		const words = Array.from({ length: 100_000 }, (_, index): Word => ({
			text: 'word',
			start: index * 0.4,
			end: index * 0.4 + 0.35,
			kind: 'word',
			speaker: 'ABC'[Math.floor(index / 7) % 3],
		}));
		const svg = svgOf(aTranscript({ words }));
		expect(svg.length).toBeLessThan(150_000);
		// Every speaker talks a third of the time, less the silences before the others.
		for (const lane of lanesIn(svg)) expect(widthOf(lane)).toBeCloseTo((LANE_WIDTH * 2.75) / 8.4, 0);
	});

	it('says that there is no speech', () => {
		const svg = svgOf(aTranscript({ text: '', durationSeconds: 61 }));
		expect(textsIn(svg, 'text')).toEqual(['Talk time', '1:01 · No speech was detected.']);
		expect(textsIn(svg, 'desc')).toEqual(['No speech was detected.']);
	});

	it.each([
		['only text', aTranscript({ text: 'Hello.', durationSeconds: 3 })],
		['only times of 0', aTranscript({ utterances: [{ text: 'Hello.', start: 0, end: 0 }] })],
	])('can’t be created from a transcript with %s', (_what, transcript) => {
		expect(() => svgOf(transcript)).toThrow('The transcript has no timestamps, which charts need');
	});

	it('has the colors of the HTML page', () => {
		const transcript = conference(6);
		const ofPage = [...makeFile('html', transcript).matchAll(/--(v\d):\s*(#\w{6})/g)].map(([, name, color]) => [
			name,
			color,
		]);
		const svg = svgOf(transcript);
		const light = [...svg.matchAll(/<path class="(v\d)" fill="(#\w{6})"/g)].map(([, name, color]) => [name, color]);
		const dark = [...svg.matchAll(/\.(v\d)\{fill:(#\w{6})/g)].map(([, name, color]) => [name, color]);
		expect([...light, ...dark]).toEqual(ofPage);
		expect(ofPage).toHaveLength(12);
	});

	it('draws the talk times of a real recording', () => {
		const transcript = sampleTranscript('sales-call');
		const { speakers = [], durationSeconds = NaN } = statisticsOf(new ExportContext(transcript).conversation());
		const widths = lanesIn(svgOf(transcript)).map(widthOf);
		for (const [index, { talkSeconds = NaN }] of speakers.entries())
			expect(widths[index]).toBeCloseTo((LANE_WIDTH * talkSeconds) / durationSeconds, 0);
	});
});

it('The chart of any transcript is within its lanes', () => {
	fc.assert(
		fc.property(anyTranscript, (transcript) => {
			const svg = svgOf({ ...transcript, durationSeconds: 60 });
			expect(svg).not.toMatch(/NaN|Infinity|undefined/);
			for (const { x, width } of lanesIn(svg).flat()) {
				expect(x).toBeGreaterThanOrEqual(20);
				expect(x + width).toBeLessThanOrEqual(620.01);
			}
		}),
		{ numRuns: 100 },
	);
});
