import { formFields, requestBody } from '../../../../nodes/Transcription/providers/instantTranscriber/request';

const rl = (value: string) => ({ __rl: true, mode: 'list', value });

describe('InstantTranscriber request', () => {
	it('is empty without options', () => {
		expect(requestBody({}, {})).toEqual({});
	});

	it.each<[string, object, object]>([
		['language from the list', { language: rl('de') }, { language: 'de' }],
		['language as text', { language: 'de' }, { language: 'de' }],
		['diarize on', { diarize: true }, { speaker_labels: 'standard' }],
		['diarize off', { diarize: false }, { speaker_labels: 'none' }],
		['diarize as text', { diarize: 'false' }, { speaker_labels: 'none' }],
		['speakerLabels', { speakerLabels: 'enhanced' }, { speaker_labels: 'enhanced' }],
		[
			'speakerLabels that agree with diarize',
			{ diarize: true, speakerLabels: 'enhanced' },
			{ speaker_labels: 'enhanced' },
		],
		['speakerLabels none with diarize off', { diarize: false, speakerLabels: 'none' }, { speaker_labels: 'none' }],
		['speakerCount', { speakerCount: 3 }, { num_speakers: 3 }],
		['minSpeakers', { minSpeakers: 2 }, { min_speakers: 2 }],
		['maxSpeakers', { maxSpeakers: 5 }, { max_speakers: 5 }],
		['a range of one number', { minSpeakers: 2, maxSpeakers: 2 }, { min_speakers: 2, max_speakers: 2 }],
		['speakerNameDetection on', { speakerNameDetection: true }, { speaker_name_detection: 'auto' }],
		['speakerNameDetection off', { speakerNameDetection: false }, { speaker_name_detection: 'off' }],
		['timestamps off', { timestamps: false }, { timestamps: false }],
		['timestamps on', { timestamps: true }, { timestamps: true }],
		['summaries', { summaries: 'both' }, { summaries: 'both' }],
	])('sends %s', (_what, options, fields) => {
		expect(requestBody(options as never, {})).toEqual(fields);
	});

	it('doesn’t send options of the node itself', () => {
		expect(requestBody({ callbackBaseUrl: 'https://n8n.example.com/webhook', skipTriggerCheck: true }, {})).toEqual({});
	});

	it('omits empty options', () => {
		expect(
			requestBody({ language: rl(''), summaries: '', speakerLabels: '', diarize: '', additionalFields: '' }, {}),
		).toEqual({});
	});

	it('sends additional fields unchanged', () => {
		expect(requestBody({ additionalFields: '{"vocabulary":["Ada"],"tier":2}' }, {})).toEqual({
			vocabulary: ['Ada'],
			tier: 2,
		});
	});
});

describe('InstantTranscriber form', () => {
	it('contains primitive values as text, other values as JSON, and no null', () => {
		expect(
			formFields({ timestamps: false, num_speakers: 2, language: 'de', vocabulary: ['Ada'], nothing: null }),
		).toEqual([
			['timestamps', 'false'],
			['num_speakers', '2'],
			['language', 'de'],
			['vocabulary', '["Ada"]'],
		]);
	});
});
