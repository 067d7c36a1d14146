import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { requestBody } from '../../../../nodes/Transcription/providers/instantTranscriber/request';

/** Returns the error's message and description as one string. */
function errorOf(options: IDataObject, settings: Record<string, string> = {}): string {
	try {
		requestBody(options, settings);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The options were accepted');
}

const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

describe('Contradictory options for InstantTranscriber', () => {
	it.each<[string, IDataObject, string[]]>([
		['diarize off and enhanced labels', { diarize: false, speakerLabels: 'enhanced' }, ['Diarize', 'Speaker Labels']],
		['diarize off and standard labels', { diarize: false, speakerLabels: 'standard' }, ['Diarize', 'Speaker Labels']],
		['diarize on and no labels', { diarize: true, speakerLabels: 'none' }, ['Diarize', 'Speaker Labels']],
		['a count and a minimum', { speakerCount: 2, minSpeakers: 1 }, ['Speaker Count', 'Min Speakers']],
		['a count and a maximum', { speakerCount: 2, maxSpeakers: 3 }, ['Speaker Count', 'Max Speakers']],
		['a minimum above the maximum', { minSpeakers: 4, maxSpeakers: 3 }, ['Min Speakers', 'Max Speakers']],
		['a count with diarize off', { diarize: false, speakerCount: 2 }, ['Speaker Count', 'Diarize']],
		['a minimum with diarize off', { diarize: false, minSpeakers: 2 }, ['Min Speakers', 'Diarize']],
		['a maximum without labels', { speakerLabels: 'none', maxSpeakers: 2 }, ['Max Speakers', 'Speaker Labels']],
		['names with diarize off', { diarize: false, speakerNameDetection: true }, ['Speaker Name Detection', 'Diarize']],
		[
			'a count and a minimum in additional fields',
			{ speakerCount: 2, ...additional({ min_speakers: 1 }) },
			['Speaker Count', 'min_speakers'],
		],
		[
			'a count and a maximum in additional fields',
			{ speakerCount: 2, ...additional({ max_speakers: 1 }) },
			['Speaker Count', 'max_speakers'],
		],
		[
			'a minimum and a count in additional fields',
			{ minSpeakers: 2, ...additional({ num_speakers: 1 }) },
			['Min Speakers', 'num_speakers'],
		],
		[
			'a maximum and a count in additional fields',
			{ maxSpeakers: 2, ...additional({ num_speakers: 1 }) },
			['Max Speakers', 'num_speakers'],
		],
		[
			'an option that additional fields repeat',
			{ diarize: true, ...additional({ speaker_labels: 'none' }) },
			['speaker_labels', 'Additional Fields (JSON)'],
		],
	])('rejects %s and names both', (_what, options, names) => {
		const error = errorOf(options);
		for (const name of names) expect(error).toContain(`“${name}”`);
	});

	it('accepts name detection off with diarize off', () => {
		expect(requestBody({ diarize: false, speakerNameDetection: false }, {})).toEqual({
			speaker_labels: 'none',
			speaker_name_detection: 'off',
		});
	});

	it.each([
		['file_url', 'Source'],
		['file', 'Source'],
		['callback_url', 'Callback'],
		['callback_secret', 'Callback'],
		['wait', 'Callback'],
	])('rejects %s in additional fields and names the parameter to use', (field, parameter) => {
		expect(errorOf(additional({ [field]: 'x' }))).toMatch(new RegExp(`“${field}”[^]*“${parameter}”`));
	});

	it('rejects the credential’s file field in additional fields and names Source', () => {
		expect(errorOf(additional({ upload: 'x' }), { fileFieldName: 'upload' })).toMatch(/“upload”[^]*“Source”/);
	});
});

describe('Invalid options for InstantTranscriber', () => {
	it.each<[string, IDataObject, string]>([
		['a fractional speaker count', { speakerCount: 1.5 }, '“Speaker Count”'],
		['a minimum of 0 speakers', { minSpeakers: 0 }, '“Min Speakers”'],
		['a maximum that isn’t a number', { maxSpeakers: 'many' }, '“Max Speakers”'],
		['unknown labels', { speakerLabels: 'best' }, '“Speaker Labels”'],
		['unknown summaries', { summaries: 'long' }, '“Summary”'],
		['a boolean with other text', { timestamps: 'perhaps' }, '“Timestamps”'],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('rejects %s and names it', (_what, options, text) => {
		expect(errorOf(options)).toContain(text);
	});
});
