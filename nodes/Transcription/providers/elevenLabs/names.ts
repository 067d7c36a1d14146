export const NAME = 'elevenLabs';
export const DISPLAY_NAME = 'ElevenLabs';
