import { NodeHelpers } from 'n8n-workflow';
import { InstantTranscriberTranscriptionApi } from '../../../credentials/InstantTranscriberTranscriptionApi.credentials';
import { toConnection } from '../../../nodes/Transcription/http/connection';
import { instantTranscriber } from '../../../nodes/Transcription/providers/instantTranscriber';
import { fileFieldName, signatureSettings } from '../../../nodes/Transcription/providers/instantTranscriber/credential';

const credential = new InstantTranscriberTranscriptionApi();

/** Names of the fields that the editor shows. */
const shownFields = (values: Record<string, string>) =>
	credential.properties
		.filter((field) => NodeHelpers.displayParameter(values, field, null, null))
		.map(({ name }) => name);

/** Returns the provider's settings, including n8n's defaults. */
function settingsWith(values: Record<string, string>) {
	const filled = NodeHelpers.getNodeParameters(
		credential.properties,
		{ apiKey: 'key', region: 'worldwide', ...values },
		true,
		false,
		null,
		null,
	);
	return toConnection(filled as Record<string, unknown>, instantTranscriber.regions).settings;
}

describe('InstantTranscriber Transcription API', () => {
	it('hides the signature fields while Signature Check is off', () => {
		expect(shownFields({ region: 'worldwide', signatureCheck: 'off' })).toEqual([
			'apiKey',
			'region',
			'signatureCheck',
			'fileFieldName',
			'webhookSecret',
			'previousWebhookSecret',
		]);
	});

	it('shows the signature fields while Signature Check is required', () => {
		expect(shownFields({ region: 'worldwide', signatureCheck: 'required' })).toEqual(
			expect.arrayContaining(['signatureHeader', 'signaturePrefix', 'signatureEncoding']),
		);
	});

	it('fails its test if the key is rejected, but not if the transcript is missing', () => {
		const { except } = credential.test.request.ignoreHttpStatusErrors as unknown as { except: number[] };
		expect(except).toEqual(expect.arrayContaining([200, 302, 401, 402, 403, 405, 429, 500, 503]));
		for (const status of [400, 404, 422]) expect(except).not.toContain(status);
	});
});

describe('InstantTranscriber settings', () => {
	it('require no signature and name the file field “file” by default', () => {
		const settings = settingsWith({});
		expect([signatureSettings(settings), fileFieldName(settings)]).toEqual([undefined, 'file']);
	});

	it('have defaults for the signature', () => {
		const expected = { header: 'X-InstantTranscriber-Signature', prefix: 'sha256=', encoding: 'hex' };
		expect(signatureSettings(settingsWith({ signatureCheck: 'required' }))).toEqual(expected);
	});

	it('keep an empty prefix', () => {
		expect(signatureSettings(settingsWith({ signatureCheck: 'required', signaturePrefix: '' }))?.prefix).toBe('');
	});

	it('keep the entered values', () => {
		const values = {
			signatureCheck: 'required',
			signatureHeader: ' X-Sig ',
			signatureEncoding: 'base64',
			fileFieldName: 'audio',
		};
		const settings = settingsWith(values);
		expect(signatureSettings(settings)).toEqual({ header: 'X-Sig', prefix: 'sha256=', encoding: 'base64' });
		expect(fileFieldName(settings)).toBe('audio');
	});
});
