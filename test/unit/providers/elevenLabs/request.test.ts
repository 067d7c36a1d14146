import { UserError } from '../../../../nodes/Transcription/core/userError';
import type { IDataObject } from 'n8n-workflow';
import { isLoggingEnabled, requestForm } from '../../../../nodes/Transcription/providers/elevenLabs/request';

const fieldsOf = (options: IDataObject) => requestForm(options).filter(([name]) => name !== 'model_id');
const additional = (fields: object) => ({ additionalFields: JSON.stringify(fields) });

/** Returns the error's message and description as one string. */
function errorOf(options: IDataObject): string {
	try {
		requestForm(options);
	} catch (error) {
		if (error instanceof UserError) return `${error.explanation.message}\n${error.explanation.description}`;
		throw error;
	}
	throw new Error('The options were accepted');
}

describe('ElevenLabs form', () => {
	it('only contains the default model without options', () => {
		expect(requestForm({})).toEqual([['model_id', 'scribe_v2']]);
	});

	it.each<[string, IDataObject]>([
		['the option', { model: { __rl: true, mode: 'id', value: 'scribe_v2_turbo' } }],
		['additional fields', additional({ model_id: 'scribe_v2_turbo' })],
	])('contains the model from %s', (_where, options) => {
		expect(requestForm(options)).toEqual([['model_id', 'scribe_v2_turbo']]);
	});

	it.each<[IDataObject, Array<[string, string]>]>([
		[{ language: 'deu' }, [['language_code', 'deu']]],
		[
			{ diarize: 'true', speakerCount: 2 },
			[
				['diarize', 'true'],
				['num_speakers', '2'],
			],
		],
		[
			{ keyterms: 'Ada Lovelace, engine' },
			[
				['keyterms', 'Ada Lovelace'],
				['keyterms', 'engine'],
			],
		],
		[
			{ diarize: true, diarizationThreshold: 0.3 },
			[
				['diarize', 'true'],
				['diarization_threshold', '0.3'],
			],
		],
		[{ tagAudioEvents: false }, [['tag_audio_events', 'false']]],
		[{ tagAudioEvents: true }, [['tag_audio_events', 'true']]],
		[{ tagAudioEvents: '' }, []],
		[{ timestampsGranularity: 'character' }, [['timestamps_granularity', 'character']]],
		[{ fileFormat: 'pcm_s16le_16' }, [['file_format', 'pcm_s16le_16']]],
		[
			{ temperature: 0, seed: 0 },
			[
				['seed', '0'],
				['temperature', '0'],
			],
		],
		[
			{ useMultiChannel: true, multichannelOutputStyle: 'combined' },
			[
				['multichannel_output_style', 'combined'],
				['use_multi_channel', 'true'],
			],
		],
		[
			{ entityDetection: 'pii, phone_number', entityRedaction: 'pii', entityRedactionMode: 'redacted' },
			[
				['entity_detection', 'pii'],
				['entity_detection', 'phone_number'],
				['entity_redaction', 'pii'],
				['entity_redaction_mode', 'redacted'],
			],
		],
		[{ noVerbatim: true }, [['no_verbatim', 'true']]],
		[
			{ diarize: true, useSpeakerLibrary: true, detectSpeakerRoles: true },
			[
				['diarize', 'true'],
				['detect_speaker_roles', 'true'],
				['use_speaker_library', 'true'],
			],
		],
		[{ transcriptEdit: 'Shorten.' }, [['transcript_edit', 'Shorten.']]],
		[
			{
				diarize: false,
				noVerbatim: 'false',
				useMultiChannel: false,
				useSpeakerLibrary: false,
				detectSpeakerRoles: false,
			},
			[],
		],
	])('converts %j to %j', (options, fields) => {
		expect(fieldsOf(options)).toEqual(fields);
	});

	it('contains additional fields, with lists as repeated fields and objects as JSON text', () => {
		const fields = {
			new_switch: true,
			new_list: ['a', 1],
			new_object: { a: 1 },
			new_objects: [{ a: 1 }],
			nothing: null,
		};
		expect(fieldsOf(additional(fields))).toEqual([
			['new_switch', 'true'],
			['new_list', 'a'],
			['new_list', '1'],
			['new_object', '{"a":1}'],
			['new_objects', '[{"a":1}]'],
		]);
	});

	it('contains additional formats as one JSON field with the names of the API', () => {
		const format = [
			{
				format: 'srt',
				includeSpeakers: 'true',
				includeTimestamps: 'default',
				maxCharactersPerLine: 42,
				maxSegmentChars: 84,
				maxSegmentDuration: 4.5,
				segmentOnSilence: 0.8,
			},
			{
				format: 'pdf',
				includeSpeakers: 'default',
				includeTimestamps: 'false',
				maxCharactersPerLine: 0,
				maxSegmentChars: 0,
				maxSegmentDuration: 0,
				segmentOnSilence: 0,
			},
		];
		const [[name, json] = ['', ''], ...others] = fieldsOf({ additionalFormats: { format } });
		expect([name, others]).toEqual(['additional_formats', []]);
		expect(JSON.parse(json)).toEqual([
			{
				format: 'srt',
				include_speakers: true,
				max_characters_per_line: 42,
				max_segment_chars: 84,
				max_segment_duration_s: 4.5,
				segment_on_silence_longer_than_s: 0.8,
			},
			{ format: 'pdf', include_timestamps: false },
		]);
	});

	it('accepts a keyterm of 49 characters in five words', () => {
		const term = `a b c d ${'e'.repeat(41)}`;
		expect(fieldsOf({ keyterms: term })).toEqual([['keyterms', term]]);
	});
});

describe('isLoggingEnabled', () => {
	it.each([
		[{}, true],
		[{ enableLogging: true }, true],
		[{ enableLogging: 'false' }, false],
		[{ enableLogging: false }, false],
	])('for %j is %p', (options, on) => {
		expect(isLoggingEnabled(options)).toBe(on);
	});
});

describe('Contradictory options for ElevenLabs', () => {
	const diarize = true;
	const useMultiChannel = true;
	it.each<[string, IDataObject, string[]]>([
		['a speaker count without diarize', { speakerCount: 2 }, ['Speaker Count', 'Diarize']],
		['a speaker count with diarize off', { speakerCount: 2, diarize: false }, ['Speaker Count', 'Diarize']],
		['a threshold without diarize', { diarizationThreshold: 0.2 }, ['Diarization Threshold', 'Diarize']],
		['roles without diarize', { detectSpeakerRoles: true }, ['Detect Speaker Roles', 'Diarize']],
		['the speaker library without diarize', { useSpeakerLibrary: true }, ['Use Speaker Library', 'Diarize']],
		[
			'a threshold and a speaker count',
			{ diarize, speakerCount: 2, diarizationThreshold: 0.2 },
			['Diarization Threshold', 'Speaker Count'],
		],
		[
			'roles and several channels',
			{ diarize, detectSpeakerRoles: true, useMultiChannel },
			['Detect Speaker Roles', 'Use Multichannel'],
		],
		[
			'an output style without several channels',
			{ multichannelOutputStyle: 'separate' },
			['Multichannel Output Style', 'Use Multichannel'],
		],
		[
			'combined channels without times',
			{ useMultiChannel, multichannelOutputStyle: 'combined', timestampsGranularity: 'none' },
			['Multichannel Output Style', 'Timestamps Granularity'],
		],
		[
			'combined channels and entities',
			{ useMultiChannel, multichannelOutputStyle: 'combined', entityDetection: 'all' },
			['Multichannel Output Style', 'Entity Detection'],
		],
		['redaction without detection', { entityRedaction: 'pii' }, ['Entity Redaction', 'Entity Detection']],
		[
			'a redaction mode without redaction',
			{ entityRedactionMode: 'redacted' },
			['Entity Redaction Mode', 'Entity Redaction'],
		],
		['an edit and entities', { transcriptEdit: 'x', entityDetection: 'all' }, ['Transcript Edit', 'Entity Detection']],
		['an edit and several channels', { transcriptEdit: 'x', useMultiChannel }, ['Transcript Edit', 'Use Multichannel']],
		['diarize and several channels', { diarize, useMultiChannel }, ['Diarize', 'Use Multichannel']],
		[
			'a speaker count and several channels',
			{ speakerCount: 2, useMultiChannel },
			['Speaker Count', 'Use Multichannel'],
		],
		[
			'a threshold and several channels',
			{ diarizationThreshold: 0.2, useMultiChannel },
			['Diarization Threshold', 'Use Multichannel'],
		],
		[
			'the speaker library and several channels',
			{ useSpeakerLibrary: true, useMultiChannel },
			['Use Speaker Library', 'Use Multichannel'],
		],
		[
			'a speaker count in additional fields and several channels',
			{ useMultiChannel, ...additional({ num_speakers: 2 }) },
			['num_speakers', 'Use Multichannel'],
		],
		[
			'an edit and several channels in additional fields',
			{ transcriptEdit: 'x', ...additional({ use_multi_channel: true }) },
			['Transcript Edit', 'use_multi_channel'],
		],
		[
			'a field that additional fields repeat',
			{ diarize, ...additional({ diarize: true }) },
			['diarize', 'Additional Fields (JSON)'],
		],
		[
			'a threshold and a speaker count in additional fields',
			{ diarize, diarizationThreshold: 0.2, ...additional({ num_speakers: 2 }) },
			['Diarization Threshold', 'num_speakers'],
		],
	])('rejects %s and names both', (_what, options, names) => {
		const error = errorOf(options);
		for (const name of names) expect(error).toContain(`“${name}”`);
	});

	it('accepts an option whose requirement is an additional field', () => {
		expect(fieldsOf({ speakerCount: 2, ...additional({ diarize: true }) })).toEqual([
			['num_speakers', '2'],
			['diarize', 'true'],
		]);
	});

	it('accepts several channels if diarize is turned off explicitly', () => {
		expect(fieldsOf({ useMultiChannel, ...additional({ diarize: false }) })).toEqual([
			['use_multi_channel', 'true'],
			['diarize', 'false'],
		]);
	});

	it('accepts any model, since the list only has suggestions', () => {
		expect(() => requestForm({ noVerbatim: true, model: 'scribe_v1' })).not.toThrow();
	});

	it('accepts separate channels without timestamps', () => {
		expect(() =>
			requestForm({ useMultiChannel, multichannelOutputStyle: 'separate', timestampsGranularity: 'none' }),
		).not.toThrow();
	});

	it.each([
		['file', 'Source'],
		['source_url', 'Source'],
		['cloud_storage_url', 'Source'],
		['webhook', 'Callback'],
		['webhook_id', 'Webhook ID'],
		['webhook_metadata', 'Metadata'],
		['enable_logging', 'Enable Logging'],
	])('rejects %s in additional fields and names the parameter to use', (field, parameter) => {
		expect(errorOf(additional({ [field]: 'x' }))).toMatch(new RegExp(`“${field}”[^]*“${parameter}”`));
	});
});

describe('Invalid options for ElevenLabs', () => {
	const format = (more: object) => ({ additionalFormats: { format: [{ format: 'srt', ...more }] } });
	it.each<[string, IDataObject, string]>([
		['33 speakers', { diarize: true, speakerCount: 33 }, '“Speaker Count”'],
		['a speaker count of 0', { diarize: true, speakerCount: 0 }, '“Speaker Count”'],
		['a threshold of 0.5', { diarize: true, diarizationThreshold: 0.5 }, '“Diarization Threshold”'],
		['a temperature above 2', { temperature: 2.1 }, '“Temperature”'],
		['a seed beyond 31 bits', { seed: 2_147_483_648 }, '“Seed”'],
		['a keyterm of 50 characters', { keyterms: 'e'.repeat(50) }, '50 characters'],
		['a keyterm of six words', { keyterms: 'ok, a b c d e f' }, '“a b c d e f” has more than 5 words'],
		['a keyterm in brackets', { keyterms: '[Ada]' }, '“[Ada]” contains'],
		['a keyterm with a backslash', { keyterms: 'a\\b' }, 'contains'],
		['1,001 keyterms', { keyterms: Array.from({ length: 1001 }, (_, i) => `t${i}`) }, '1001 terms'],
		['an edit of 2,001 characters', { transcriptEdit: 'x'.repeat(2001) }, '2001 characters'],
		['an unknown format', format({ format: 'vtt' }), '“vtt”'],
		[
			'a line length for a format without lines',
			format({ format: 'pdf', maxCharactersPerLine: 10 }),
			'“Max Characters per Line”',
		],
		['a negative segment duration', format({ maxSegmentDuration: -1 }), '“Max Segment Duration”'],
		[
			'eleven formats',
			{ additionalFormats: { format: Array.from({ length: 11 }, () => ({ format: 'srt' })) } },
			'11 entries',
		],
		['a boolean with other text', { diarize: 'perhaps' }, '“Diarize”'],
		['another value for Tag Audio Events', { tagAudioEvents: 'perhaps' }, '“Tag Audio Events”'],
		['broken JSON', { additionalFields: '{' }, '“Additional Fields (JSON)”'],
	])('rejects %s and names it', (_what, options, text) => {
		expect(errorOf(options)).toContain(text);
	});

	it('rejects logging that is neither on nor off', () => {
		expect(() => isLoggingEnabled({ enableLogging: 'perhaps' })).toThrow('“Enable Logging”');
	});
});
