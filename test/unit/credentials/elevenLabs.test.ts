import { ElevenLabsTranscriptionApi } from '../../../credentials/ElevenLabsTranscriptionApi.credentials';
import { evaluate } from './evaluate';

const credential = new ElevenLabsTranscriptionApi();

describe('ElevenLabs Transcription API', () => {
	it('sets up the webhook automatically by default', () => {
		expect(credential.properties.find(({ name }) => name === 'webhookSetup')?.default).toBe('automatic');
	});

	it.each([
		['global', 'https://api.elevenlabs.io'],
		['us', 'https://api.us.elevenlabs.io'],
		['eu', 'https://api.eu.residency.elevenlabs.io'],
		['in', 'https://api.in.residency.elevenlabs.io'],
		['sg', 'https://api.sg.residency.elevenlabs.io'],
	])('uses the address of the region %s', (region, address) => {
		expect(evaluate(credential.test.request.baseURL, { apiKey: 'key', region })).toBe(address);
	});
});
