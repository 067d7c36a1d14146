import type { ProviderApi } from '../../http/api';
import { inputError, type ServiceFile, type ServiceFiles } from '../provider';
import { FORMATS } from './choices';
import { filesIn } from './transcript';

/** Source: ElevenLabs OpenAPI, `AdditionalFormatResponseModel`: they come with the transcript, if the job asked for them. */
export const serviceFiles: ServiceFiles = {
	formats: FORMATS,
	description: 'Files made by ElevenLabs. It makes only those that were asked for at Submit, in the option Additional Formats.',
	fetch,
};

/** Nothing is asked for: a callback carries them too, and without logging that is the only place where they are. */
async function fetch(_api: ProviderApi, id: string, format: string, raw: unknown): Promise<ServiceFile> {
	const all = filesIn(raw);
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
