import fc from 'fast-check';
import { makeFile } from '../../../../../nodes/Transcription/transcript/files';
import { decodeUnits, encodeUnits } from '../../../../../nodes/Transcription/transcript/files/page/units';
import { anyTranscript, aTranscript, wordsOf } from '../../transcripts';
import { unescapeHtml } from '../readers';

const anyUnits = fc
	.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 500_000 })))
	.map((steps) => {
		let [offset, time] = [0, 0];
		const pairs = steps.map(([length, pause]) => [(offset += length), (time += pause) / 100] as const);
		return { offsets: pairs.map(([at]) => at), starts: pairs.map(([, start]) => start) };
	});

const settings = { recordingUrl: 'https://example.com/call.mp3' };

/** Returns each paragraph's text, split where the page's script splits it, with the start times. */
function unitsIn(page: string): Array<Array<[string, number]>> {
	return [...page.matchAll(/<p[^>]* data-at="([^"]*)"[^>]*>(?:<a.*?<\/a> )?<span dir="auto">([^<]*)<\/span>/g)].map(
		([, at = '', html = '']) => {
			const text = unescapeHtml(html);
			const { offsets, starts } = decodeUnits(at);
			return offsets.map((offset, index) => [text.slice(offset, offsets[index + 1]), starts[index] ?? NaN]);
		},
	);
}

describe('The positions of words', () => {
	it('are the same after encoding and decoding, without rounding errors that add up', () => {
		fc.assert(fc.property(anyUnits, (units) => expect(decodeUnits(encodeUnits(units))).toEqual(units)));
	});

	it('are those of the words in the page', () => {
		const words = [
			...wordsOf('Hello, <b> & “you” .', { speaker: 'A', from: 1.234 }),
			...wordsOf('Fine.', { speaker: 'B', from: 9 }),
		];
		expect(unitsIn(makeFile('html', aTranscript({ words }), settings))).toEqual([
			[
				['Hello, ', 1.23],
				['<b> ', 1.63],
				['& ', 2.03],
				['“you”.', 2.43],
			],
			[['Fine.', 9]],
		]);
	});

	it('are those of sentences if the times of words aren’t known', () => {
		const utterances = [{ start: 2, end: 12, text: 'One two. Three four.' }];
		expect(unitsIn(makeFile('html', aTranscript({ utterances }), settings))).toEqual([
			[
				['One two. ', 2],
				['Three four.', expect.closeTo(6.4, 0)],
			],
		]);
	});

	it('cover the whole text of any transcript, in order', () => {
		fc.assert(
			fc.property(anyTranscript, (transcript) => {
				const page = makeFile('html', transcript, settings);
				const paragraphs = unitsIn(page);
				expect(paragraphs).toHaveLength(page.match(/ data-at="/g)?.length ?? 0);
				for (const units of paragraphs) {
					expect(units.every(([text]) => text.trim() !== '')).toBe(true);
					const starts = units.map(([, start]) => start);
					expect(starts).toEqual([...starts].sort((a, b) => a - b));
				}
			}),
		);
	});
});
