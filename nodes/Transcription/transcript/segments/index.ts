export { cuesIn } from './cues';
export { type Cue, CUE_SETTINGS, type CueSettings } from './cue';
export { paragraphsIn, type Segment, sentencesIn, utterancesIn } from './segments';
export { type Spoken, spokenIn, type Turn } from './turns';
