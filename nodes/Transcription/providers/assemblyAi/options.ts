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

/** Shared options first, then AssemblyAI's own in alphabetical order. */
export const SUBMIT_OPTIONS: INodeProperties[] = [
	modelOption(
		'The model to use. Separate several IDs with commas to use the first one that supports the language. Default: the default model of your account.',
		'e.g. assemblyai-stt-3-7, universal-2',
	),
	languageOption('The spoken language. Default: detected automatically.'),
	diarizeOption('Whether to identify which speaker says what (speaker_labels)'),
	speakerCountOption('The number of speakers (speakers_expected). Only set it if you are certain. Requires Diarize.'),
	keytermsOption('Comma-separated names and terms to listen for, up to six words each'),
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
