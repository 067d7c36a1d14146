export { type Cue, type CueSettings, CUE_SETTINGS, cuesIn } from './cues';
export { paragraphsIn, type Segment, sentencesIn, utterancesIn } from './segments';
export { type Spoken, spokenIn, type Turn } from './turns';
