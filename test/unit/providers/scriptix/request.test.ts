import type { IDataObject } from 'n8n-workflow';
import { plannedFields } from '../../../../nodes/Transcription/providers/scriptix/request';

const sessions = (options: IDataObject) => plannedFields(options, { apiGeneration: 'sessions' });
const stt = (options: IDataObject) => plannedFields(options, { apiGeneration: 'stt' });
const DOCUMENT = { document_type: 'document' };

describe('Scriptix session request', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['without options', {}, { language: 'auto', document: DOCUMENT }],
		[
			'with empty options',
			{ language: '', model: { __rl: true, mode: 'id', value: '' }, sessionMode: '' },
			{ language: 'auto', document: DOCUMENT },
		],
		['in a language', { language: { __rl: true, mode: 'id', value: 'nl' } }, { language: 'nl', document: DOCUMENT }],
		['with a model', { model: '12' }, { language: 'auto', custom_model_id: '12', document: DOCUMENT }],
		[
			'with every boolean on, also as text',
			{ diarize: true, punctuation: 'true', multichannel: true, keepSource: 'TRUE' },
			{
				language: 'auto',
				diarization: true,
				punctuation: true,
				multichannel: true,
				keep_source: true,
				document: DOCUMENT,
			},
		],
		[
			'with booleans off, sent explicitly',
			{ punctuation: false, keepSource: 'false' },
			{ language: 'auto', punctuation: false, keep_source: false, document: DOCUMENT },
		],
		['for captions', { documentType: 'caption' }, { language: 'auto', document: { document_type: 'caption' } }],
		['in another mode', { sessionMode: 'align' }, { language: 'auto', session_mode: 'align', document: DOCUMENT }],
		[
			'with additional fields instead of defaults',
			{ additionalFields: '{"language":"en-us","document":{"filename":"a"},"folder_id":3}' },
			{ language: 'en-us', document: { document_type: 'document', filename: 'a' }, folder_id: 3 },
		],
		[
			'with another document type in additional fields',
			{ additionalFields: '{"document":{"document_type":"caption"}}' },
			{ language: 'auto', document: { document_type: 'caption' } },
		],
		['without a document', { additionalFields: '{"document":null}' }, { language: 'auto', document: null }],
	])('%s', (_what, options, fields) => {
		expect(sessions(options)).toEqual(fields);
	});
});

describe('Scriptix batch upload request', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['without options, with timestamps of words', {}, { language: 'auto', timestamps: 'word' }],
		['with timestamps of segments', { timestamps: 'segment' }, { language: 'auto', timestamps: 'segment' }],
		[
			'with all options',
			{ language: 'en', diarize: true, model: 'general', glossaryId: 12 },
			{ language: 'en', diarization: true, timestamps: 'word', model: 'general', glossary_id: '12' },
		],
		[
			'with additional fields instead of defaults',
			{ additionalFields: { timestamps: 'none' } },
			{ language: 'auto', timestamps: 'none' },
		],
	])('%s', (_what, options, fields) => {
		expect(stt(options)).toEqual(fields);
	});
});

describe('Invalid options for Scriptix', () => {
	const messageOf = (act: () => unknown): string => {
		try {
			act();
		} catch (error) {
			const { message, description } = (error as { explanation: { message: string; description: string } }).explanation;
			return `${message} | ${description}`;
		}
		return 'nothing was thrown';
	};

	it.each<[string, IDataObject]>([
		['Document Type', { documentType: 'caption' }],
		['Keep Source', { keepSource: true }],
		['Keep Source', { keepSource: false }],
		['Multichannel', { multichannel: true }],
		['Punctuation', { punctuation: false }],
		['Session Mode', { sessionMode: 'align' }],
	])('rejects “%s” with the batch upload API in %j', (name, options) => {
		expect(messageOf(() => stt(options))).toMatch(new RegExp(`“${name}”.*API Generation`));
	});

	it.each<[string, IDataObject]>([
		['Glossary ID', { glossaryId: '1' }],
		['Timestamps', { timestamps: 'word' }],
	])('rejects “%s” with the sessions API', (name, options) => {
		expect(messageOf(() => sessions(options))).toMatch(new RegExp(`“${name}”.*API Generation`));
	});

	it.each<[string, (options: IDataObject) => unknown, IDataObject, RegExp]>([
		[
			'a duplicate language',
			sessions,
			{ language: 'en', additionalFields: '{"language":"nl"}' },
			/“language” is set both by an option and in/,
		],
		[
			'a duplicate document type',
			sessions,
			{ documentType: 'caption', additionalFields: '{"document":{"document_type":"document"}}' },
			/“document.document_type” is set/,
		],
		[
			'duplicate timestamps',
			stt,
			{ timestamps: 'word', additionalFields: '{"timestamps":"segment"}' },
			/“timestamps” is set/,
		],
		[
			'the callback in additional fields',
			sessions,
			{ additionalFields: '{"webhook_headers":["a: b"]}' },
			/use “Callback”/,
		],
		[
			'the callback of batch upload in additional fields',
			stt,
			{ additionalFields: '{"webhook_url":"https://x"}' },
			/use “Callback”/,
		],
		[
			'the recording in additional fields',
			sessions,
			{ additionalFields: '{"media_source":"https://x"}' },
			/use “Source”/,
		],
		['additional fields that aren’t JSON', stt, { additionalFields: '{' }, /isn’t valid JSON/],
		['a boolean with other text', sessions, { diarize: 'maybe' }, /“Diarize” has an invalid value: "maybe"/],
	])('rejects %s', (_what, plan, options, message) => {
		expect(messageOf(() => plan(options))).toMatch(message);
	});
});
