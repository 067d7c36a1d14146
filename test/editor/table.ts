/**
 * The expected labels of all panels, in order. This table is maintained manually, so every change to a panel must also be
 * made here.
 */

const list = (text: string): string[] =>
	text
		.split('|')
		.map((label) => label.trim())
		.filter((label) => label !== '');

/** The services in the order of the dropdown. */
export const SERVICES = {
	assemblyAi: 'AssemblyAI',
	elevenLabs: 'ElevenLabs',
	gladia: 'Gladia',
	instantTranscriber: 'InstantTranscriber',
	revAi: 'Rev AI',
	scriptix: 'Scriptix',
	soniox: 'Soniox',
	speechmatics: 'Speechmatics',
} as const;
export type Service = keyof typeof SERVICES;
export const services = Object.keys(SERVICES) as Service[];

const MENUS = list('Provider | Credential | Resource | Operation');
const SUBMIT = list('Source | Input Binary Field | Callback | Metadata | Options');
const FROM_LIST = list('From | Since | Output | Options');
const FROM_IDS = list('From | Transcript ID | Output | Options');
const withoutCredential = MENUS.filter((label) => label !== 'Credential');

/** The labels of a newly added operation. */
const FIELDS: Record<string, string[]> = {
	'transcription.submit': [...MENUS, ...SUBMIT],
	'transcription.submitAndWait': [
		...MENUS,
		...list('Source | Input Binary Field | Metadata | Wait By | Deadline | Wait at Most | Unit | Output | Options'),
	],
	'transcript.get': [...MENUS, ...list('Transcript ID | Wait Until Done | Output | Options')],
	'transcript.getMany': [...MENUS, ...list('Return All | Limit | Filters | Output')],
	'transcript.delete': [...MENUS, ...list('Transcript ID | Data to Delete | Options')],
	'transcript.recoverMissed': [...MENUS, ...FROM_LIST],
	'transcript.export': [...withoutCredential, ...list('From | Export As | Files | Options')],
	'transcript.acknowledge': [...withoutCredential, 'Event ID'],
};
export const operations = Object.keys(FIELDS);

/** Labels that differ for a service. */
const OTHERWISE: Record<string, Partial<Record<Service, string[]>>> = {
	'transcript.recoverMissed': { elevenLabs: [...MENUS, ...FROM_IDS], instantTranscriber: [...MENUS, ...FROM_IDS] },
};

/** Unsupported operations, for which a notice replaces the fields. */
const LACKING: Record<string, Service[]> = {
	'transcript.getMany': ['elevenLabs', 'instantTranscriber'],
	'transcript.delete': ['instantTranscriber'],
};
export const isLacking = (operation: string, service: Service) => LACKING[operation]?.includes(service) ?? false;

export const fieldsOf = (operation: string, service: Service): string[] =>
	isLacking(operation, service) ? MENUS : (OTHERWISE[operation]?.[service] ?? FIELDS[operation] ?? []);

/** Returns the fields marked in red. These include an unsupported operation, which only a workflow's JSON can contain. */
export const redOf = (operation: string, service: Service): string[] =>
	isLacking(operation, service) ? ['Operation'] : [];

/** The labels of Export with *One Item Per: Chunk*. */
export const CHUNKS = [
	...withoutCredential,
	...list('From | Export As | One Item Per | Chunk Size | Chunk Unit | Chunk Overlap | Options'),
];

/** The labels of the trigger. */
export const TRIGGER = list('Provider | Credential | Start On | Fetch Transcript | Output | Options');

/** Submit's options when all are added, with nested fields. */
const OPTIONS: Record<Service, string[]> = {
	assemblyAi: list(`
		Model | Language | Diarize | Speaker Count | Keyterms | Analyses | Audio End At (Seconds) | Audio Start From (Seconds) |
		Content Moderation Confidence | Custom Spelling | From | To | Domain | Keyterms Match Strength |
		Language Detection Options | Code Switching | Expected | Fallback Language | Localization | On Low Confidence |
		On No Speech | Swiss German | Languages | Min Language Confidence | Multichannel | Prompt | Redact PII |
		Redact PII Audio | Redact PII Audio Options | Return Silent Audio | Replacement Sound | Redact PII Audio Quality |
		Redact PII Policies | Redact PII Return Unredacted | Redact PII Substitution | Redact Static Entities | Label | Terms |
		Speaker Range | Minimum | Maximum | Speech Threshold | Speech Understanding | Action Items | Effort |
		Include Decisions | Temperature | Text Formatting | Disfluencies | Filter Profanity | Format Text |
		Punctuate | Remove Audio Tags | Additional Fields (JSON)`),
	elevenLabs: list(`
		Model | Language | Diarize | Speaker Count | Keyterms | Additional Formats | Format | Include Speakers |
		Include Timestamps | Max Characters per Line | Max Segment Characters | Max Segment Duration | Segment on Silence |
		Detect Speaker Roles | Diarization Threshold | Enable Logging | Entity Detection | Entity Redaction |
		Entity Redaction Mode | File Format | Multichannel Output Style | No Verbatim | Seed | Tag Audio Events |
		Temperature | Timestamps Granularity | Transcript Edit | Use Multichannel | Use Speaker Library | Webhook ID |
		Additional Fields (JSON)`),
	gladia: list(`
		Model | Language | Diarize | Speaker Count | Keyterms | Audio to LLM Model | Audio to LLM Prompts |
		Code Switching | Custom Spelling | From | To | Informal Translations | Keyterms Intensity |
		Match Original Utterances | Max Speakers | Min Speakers | Named Entity Recognition | PII Redaction |
		PII Redaction Text | Punctuation Enhanced | Sentiment Analysis | Subtitles | Summarization Type | Summarize |
		Translate Into | Translation Context | Translation Model | Additional Fields (JSON)`),
	instantTranscriber: list(`
		Language | Diarize | Speaker Count | Max Speakers | Min Speakers | Speaker Labels | Speaker Name Detection | Summary |
		Timestamps | Additional Fields (JSON)`),
	revAi: list(`
		Model | Language | Diarize | Speaker Count | Keyterms | Custom Vocabulary ID | Delete After (Seconds) |
		Diarization Type | Filter Profanity | Forced Alignment | Remove Atmospherics | Remove Disfluencies |
		Skip Postprocessing | Skip Punctuation | Source Authorization | Speaker Channels Count | Strict Custom Vocabulary | Summarization Model |
		Summarization Prompt | Summarization Type | Summarize | Translate Into | Translation Model | Verbatim |
		Additional Fields (JSON)`),
	scriptix: list(`
		Model | Language | Diarize | Document Type | Glossary ID | Keep Source | Multichannel | Punctuation | Session Mode |
		Timestamps | Additional Fields (JSON)`),
	soniox: list(`
		Model | Language | Diarize | Keyterms | Client Reference ID | Context General | Key | Value | Context Text |
		Context Translation Terms | Source | Target | Enable Language Identification | Language Hints Strict | Translation |
		One Way | Target Language | Additional Fields (JSON)`),
	speechmatics: list(`
		Model | Language | Diarize | Keyterms | Channel Diarization | Channel Labels | Default Language | Domain |
		Enable Entities | Expected Languages | Language Hints | Language Hints Strict | Low Confidence Action |
		Output Locale | Prefer Current Speaker | Remove Disfluencies | Speaker Sensitivity | Translate Into | Additional Fields (JSON)`),
};

/** Services that don't create files. */
const filesOf = (service: Service) => (service === 'soniox' ? ['Files'] : ['Files', `Files From ${SERVICES[service]}`]);
const deletes = (service: Service) => (isLacking('transcript.delete', service) ? [] : ['Delete After Fetching']);

/** Returns the options of an operation or the trigger when all are added. */
function optionsOf(operation: string, service: Service): string[] {
	switch (operation) {
		case 'transcription.submit':
			return [...OPTIONS[service], 'Callback Base URL', 'Skip Trigger Check', 'Concurrency'];
		case 'transcription.submitAndWait':
			return [
				...OPTIONS[service],
				'Concurrency',
				// Only for callbacks, which can't reach a waiting execution from ElevenLabs.
				...(service === 'elevenLabs' ? [] : ['Initial Poll (Seconds)', 'Skip Self-Check']),
				...filesOf(service),
			];
		case 'transcript.get':
			return ['Concurrency', ...deletes(service), ...filesOf(service)];
		case 'transcript.delete':
			return isLacking(operation, service) ? [] : ['Concurrency'];
		case 'transcript.getMany':
			return list('Created After | Created Before | Status');
		case 'transcript.recoverMissed':
			return [
				'Concurrency',
				...deletes(service),
				'Events',
				...filesOf(service),
				'Grace Period (Minutes)',
				...(['assemblyAi', 'gladia', 'revAi', 'soniox', 'speechmatics'].includes(service)
					? ['Include Crashed Executions']
					: []),
				'Include Unacknowledged',
				// The list of jobs contains no callback URLs (Scriptix), or may not contain those of failed jobs (Gladia).
				...(['gladia', 'scriptix'].includes(service) ? ['Include Unattributed Jobs'] : []),
				'Max Transcripts',
				...(isLacking('transcript.getMany', service) ? ['Metadata'] : []),
			];
		case 'transcript.export':
			return list(`
				Characters per Line | Embed Recording | File Name | Gap Between Cues (Seconds) | HTML Fragment |
				Include Speakers | Include Text in Item | Include Timestamps | Lines per Cue | Max Cue Duration (Seconds) |
				Min Cue Duration (Seconds) | Reading Speed | Recording URL | Speaker Names | Label | Name |
				Time Offset (Seconds) | Title | Word Timestamps`);
		case 'trigger':
			return [...deletes(service), 'Fail on Failed Jobs', ...filesOf(service)];
		default:
			return [];
	}
}

/** Returns all labels of a panel when all options are added. Options are below the label of their collection. */
export const everythingOf = (operation: string, service: Service): string[] =>
	(operation === 'trigger' ? TRIGGER : fieldsOf(operation, service)).flatMap((label) =>
		['Options', 'Filters'].includes(label) ? [label, ...optionsOf(operation, service)] : [label],
	);

/** Operations with options. */
export const withOptions = operations.filter((operation) => optionsOf(operation, 'assemblyAi').length > 0);
