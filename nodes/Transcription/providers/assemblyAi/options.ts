import type { INodeProperties } from 'n8n-workflow';
import {
	diarizeOption,
	GENERAL_OPTIONS,
	keytermsOption,
	languageOption,
	modelOption,
	speakerCountOption,
} from '../common/submitOptions';
import { compareNames } from '../../core/compareNames';
import { ANALYSIS_OPTIONS } from './request/analysis';
import { FORMATTING_OPTIONS } from './request/formatting';
import { LANGUAGE_OPTIONS } from './request/language';
import { PROMPTING_OPTIONS } from './request/prompting';
import { RECORDING_OPTIONS } from './request/recording';
import { REDACTION_OPTIONS } from './request/redaction';
import { SPEAKER_OPTIONS } from './request/speakers';
import { UNDERSTANDING_OPTIONS } from './request/understanding';

/** Shared options first, then AssemblyAI's own by name. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption(
		'Which model transcribes. Several IDs separated by commas are tried in order: the first that knows the language is used. Leave this option out to use the default of your account.',
		'e.g. universal-3-5-pro, universal-2',
	),
	languageOption('Spoken language. Leave this option out to have it detected.'),
	diarizeOption('Whether to tell apart who speaks (speaker_labels)'),
	speakerCountOption('How many people speak (speakers_expected). Needs Diarize. Only set it when you are certain.'),
	keytermsOption('Names and terms to listen for, separated by commas, up to six words each'),
	...[
		...ANALYSIS_OPTIONS,
		...FORMATTING_OPTIONS,
		...LANGUAGE_OPTIONS,
		...PROMPTING_OPTIONS,
		...RECORDING_OPTIONS,
		...REDACTION_OPTIONS,
		...SPEAKER_OPTIONS,
		...UNDERSTANDING_OPTIONS,
	].sort((a, b) => compareNames(a.displayName, b.displayName)),
	...GENERAL_OPTIONS,
];
