export { type Chunk, chunksIn, type ChunkSettings, type ChunkUnit } from './chunks';
export { cuesIn } from './cues';
export { type Cue, CUE_SETTINGS, type CueSettings } from './cue';
export {
	paragraphsIn,
	type Segment,
	sentencesIn,
	tokenParagraphsIn,
	type TokenSegment,
	utterancesIn,
} from './segments';
export { type Spoken, spokenIn, type Turn } from './turns';
