import { search } from '../../../nodes/Transcription/transcript/search';
import { spokenIn } from '../../../nodes/Transcription/transcript/segments';
import { aTranscript, transcriptOf, sampleTranscript, wordsOf } from './transcripts';

const found = (text: string, ...terms: string[]) => search(spokenIn(transcriptOf(text)), terms).map((hit) => hit.text);

describe('search', () => {
	it('returns the time, speaker, and sentence', () => {
		expect(search(spokenIn(sampleTranscript('sales-call')), ['friday'])).toEqual([
			{
				term: 'friday',
				text: 'Friday?',
				start: expect.closeTo(26, 0),
				end: expect.closeTo(26.5, 0),
				speaker: 'B',
				context: 'Can you send your offer before Friday?',
			},
		]);
	});
	it('ignores case', () => expect(found('An OFFER.', 'offer')).toEqual(['OFFER.']));
	it('ignores accents in the term and in the text', () => {
		expect(found('The café and the naive one', 'cafe', 'naïve')).toEqual(['café', 'naive']);
		expect(found('Die Straße', 'strasse')).toEqual(['Straße']);
	});
	it('only matches whole words', () => expect(found('offers and offer', 'offer')).toEqual(['offer']));
	it('finds a word after a partial match', () => expect(found('xaa aa', 'aa')).toEqual(['aa']));
	it('only matches whole words next to scripts without spaces', () => {
		expect(found('新しいiphoneを買う', 'phone', 'iphon')).toEqual([]);
		expect(found('新しいiphoneを買う', 'iphone')).toHaveLength(1);
	});
	it('matches phrases across punctuation', () =>
		expect(found('Northwind sales, Daniel speaking', 'sales daniel')).toEqual(['sales, Daniel']));
	it('matches numbers with hyphens', () =>
		expect(found('call 555-0199 now', '555-0199', '555 0199')).toEqual(['555-0199', '555-0199']));
	it('ignores apostrophes', () => expect(found('I don’t know', "don't")).toEqual(['don’t']));
	it('finds all occurrences in order', () => expect(found('b a b', 'a', 'b')).toEqual(['b', 'a', 'b']));
	it('matches inside of text in scripts without spaces', () => {
		const transcript = aTranscript({
			language: 'ja',
			utterances: [{ text: '今日は良い天気です。', start: 0, end: 5 }],
		});
		expect(search(spokenIn(transcript), ['天気']).map(({ text }) => text)).toEqual(['天気']);
	});
	it('keeps marks that are letters in their script', () => {
		expect(found('がか', 'か')).toEqual(['がか']);
		expect(found('が', 'か')).toEqual([]);
	});
	it('returns only the words nearby in a long sentence', () => {
		const around = Array.from({ length: 50 }, (_, index) => `w${index}`);
		const [hit] = search(spokenIn(transcriptOf([...around.slice(0, 25), 'offer', ...around.slice(25)].join(' '))), [
			'offer',
		]);
		expect(hit?.context).toBe(`… ${around.slice(5, 25).join(' ')} offer ${around.slice(25, 45).join(' ')} …`);
	});
	it('returns the sentences where a phrase starts and ends', () => {
		const [hit] = search(spokenIn(transcriptOf('No. Send it. Now please. Bye.')), ['it now']);
		expect(hit?.context).toBe('Send it. Now please.');
	});
	it('returns no times if the transcript has none', () => {
		expect(search(spokenIn(aTranscript({ text: 'Send it. Now.' })), ['now'])).toEqual([
			{ term: 'now', text: 'Now.', context: 'Now.' },
		]);
	});
});

describe('search without a match', () => {
	it('doesn’t match a phrase across speakers', () => {
		const words = [...wordsOf('send the', { speaker: 'A' }), ...wordsOf('offer', { from: 2, speaker: 'B' })];
		expect(search(spokenIn(aTranscript({ words })), ['the offer'])).toEqual([]);
	});
	it.each(['', '  ', '?!', '’'])('finds nothing for “%s”', (term) => expect(found('what ?!', term)).toEqual([]));
});
