import { search } from '../../../nodes/Transcription/transcript/search';
import { spokenIn } from '../../../nodes/Transcription/transcript/segments';
import { aTranscript, said, sampleTranscript, wordsOf } from './transcripts';

const found = (text: string, ...terms: string[]) => search(spokenIn(said(text)), terms).map((hit) => hit.text);

describe('words are found', () => {
	it('with their time, speaker and sentence', () => {
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
	it('whatever their case', () => expect(found('An OFFER.', 'offer')).toEqual(['OFFER.']));
	it('whatever their accents, on either side', () => {
		expect(found('The café and the naive one', 'cafe', 'naïve')).toEqual(['café', 'naive']);
		expect(found('Die Straße', 'strasse')).toEqual(['Straße']);
	});
	it('whole only', () => expect(found('offers and offer', 'offer')).toEqual(['offer']));
	it('also behind a part of a longer one', () => expect(found('xaa aa', 'aa')).toEqual(['aa']));
	it('whole only, also beside scripts without blanks', () => {
		expect(found('新しいiphoneを買う', 'phone', 'iphon')).toEqual([]);
		expect(found('新しいiphoneを買う', 'iphone')).toHaveLength(1);
	});
	it('as phrases over punctuation', () => expect(found('Northwind sales, Daniel speaking', 'sales daniel')).toEqual(['sales, Daniel']));
	it('as numbers with hyphens', () => expect(found('call 555-0199 now', '555-0199', '555 0199')).toEqual(['555-0199', '555-0199']));
	it('with any apostrophe', () => expect(found('I don’t know', "don't")).toEqual(['don’t']));
	it('every time, in order of their place', () => expect(found('b a b', 'a', 'b')).toEqual(['b', 'a', 'b']));
	it('within words of scripts without blanks', () => {
		const transcript = aTranscript({ language: 'ja', utterances: [{ text: '今日は良い天気です。', start: 0, end: 5 }] });
		expect(search(spokenIn(transcript), ['天気']).map(({ text }) => text)).toEqual(['天気']);
	});
	it('with the marks that are letters in their script', () => {
		expect(found('がか', 'か')).toEqual(['がか']);
		expect(found('が', 'か')).toEqual([]);
	});
	it('with the words nearby, where a sentence is long', () => {
		const around = Array.from({ length: 50 }, (_, index) => `w${index}`);
		const [hit] = search(spokenIn(said([...around.slice(0, 25), 'offer', ...around.slice(25)].join(' '))), ['offer']);
		expect(hit?.context).toBe(`… ${around.slice(5, 25).join(' ')} offer ${around.slice(25, 45).join(' ')} …`);
	});
	it('in the sentences that a phrase begins and ends in', () => {
		const [hit] = search(spokenIn(said('No. Send it. Now please. Bye.')), ['it now']);
		expect(hit?.context).toBe('Send it. Now please.');
	});
	it('without times where the transcript has none', () => {
		expect(search(spokenIn(aTranscript({ text: 'Send it. Now.' })), ['now'])).toEqual([{ term: 'now', text: 'Now.', context: 'Now.' }]);
	});
});

describe('nothing is found', () => {
	it('across speakers', () => {
		const words = [...wordsOf('send the', { speaker: 'A' }), ...wordsOf('offer', { from: 2, speaker: 'B' })];
		expect(search(spokenIn(aTranscript({ words })), ['the offer'])).toEqual([]);
	});
	it.each(['', '  ', '?!', '’'])('for “%s”', (term) => expect(found('what ?!', term)).toEqual([]));
});
