import type { ProviderApi } from '../../http/api';
import { inputError, type ServiceFile, type ServiceFiles } from '../provider';
import { FORMATS } from './choices';
import { fetchTranscript } from './fetch';
import { filesOf } from './transcript';

/** Source: ElevenLabs OpenAPI, `AdditionalFormatResponseModel`: they come with the transcript, if the job asked for them. */
export const serviceFiles: ServiceFiles = {
	formats: FORMATS,
	description: 'Files made by ElevenLabs. It makes only those that were asked for at Submit, in the option Additional Formats.',
	fetch,
};

async function fetch(api: ProviderApi, id: string, format: string): Promise<ServiceFile> {
	const { given } = await fetchTranscript(api, id);
	const all = filesOf(given);
	const [file, ...others] = all.filter(({ requested_format }) => requested_format === format);
	if (!file) {
		const there = [...new Set(all.map(({ requested_format }) => requested_format))].join(', ');
		throw inputError(
			`ElevenLabs made no ${format} file of the transcript ${id}`,
			`It makes only what was asked for with the job: add the format to “Additional Formats” at Submit. For this transcript there is: ${there || 'nothing'}.`,
		);
	}
	if (others.length > 0) {
		throw inputError(
			`ElevenLabs made several ${format} files of the transcript ${id}, one for each channel`,
			'Set “Multichannel Output Style” to Combined at Submit, or find them in the raw output.',
		);
	}
	return {
		content: Buffer.from(file.content, file.is_base64_encoded ? 'base64' : 'utf8'),
		mimeType: file.content_type ?? 'application/octet-stream',
		extension: (file.file_extension ?? format).replace(/^\./, ''),
	};
}
