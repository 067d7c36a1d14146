import { readQuery } from '../../../../nodes/Transcription/callback/url';
import { callback } from '../../../../nodes/Transcription/providers/instantTranscriber/callback';
import {
	requestedResults,
	withPostProcessing,
} from '../../../../nodes/Transcription/providers/instantTranscriber/postProcessing';
import { aDelivery } from '../../callback/aDelivery';

const TRIGGER = 'https://n8n.example.com/webhook/wf/instantTranscriber?contactId=7&ref=r';

describe('Results that follow completion', () => {
	it.each([
		[{ speaker_labels: 'enhanced', summaries: 'both' }, ['speakers', 'summaries']],
		[{ summaries: 'short' }, ['summaries']],
		[{ speaker_labels: 'standard', summaries: 'none' }, []],
		[{ summaries: { short: 'In short.' } }, []],
		[{}, []],
	])('of the request %j are %j', (fields, results) => {
		expect(requestedResults(fields)).toEqual(results);
	});

	it('are named in the URL of a trigger and aren’t metadata', () => {
		const url = new URL(withPostProcessing(TRIGGER, ['speakers', 'summaries']));
		expect(readQuery(url.searchParams)).toEqual({ metadata: { contactId: '7' }, ref: 'r' });
		const delivery = aDelivery({ query: url.searchParams, body: '{"id":"job-1","status":"completed"}' });
		expect(callback.read(delivery)).toEqual({
			event: 'completed',
			id: 'job-1',
			details: { postProcessing: 'speakers summaries' },
		});
	});

	it('are named in the URL of a waiting execution', () => {
		const url = 'https://n8n.example.com/webhook-waiting/12/transcription?signature=s';
		expect(withPostProcessing(url, ['summaries'])).toBe(`${url}&postprocessing=summaries`);
	});

	it.each([
		['a trigger without such results', TRIGGER, []],
		['another receiver', 'https://example.com/hook?a=b', ['summaries'] as const],
	])('don’t change the URL of %s', (_whose, url, results) => {
		expect(withPostProcessing(url, results)).toBe(url);
	});
});
