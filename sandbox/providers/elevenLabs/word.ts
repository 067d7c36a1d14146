/** A word in the service's format. Times are in seconds (ElevenLabs OpenAPI, SpeechToTextWordResponseModel). */
export interface Word {
	text: string;
	start: number | null;
	end: number | null;
	type: 'word' | 'spacing' | 'audio_event';
	speaker_id: string | null;
	logprob: number;
	characters: Array<{ text: string; start: number; end: number }> | null;
	channel_index: number | null;
}
