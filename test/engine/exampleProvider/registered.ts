import { PROVIDERS } from '../../../nodes/Transcription/providers';
import type { Provider } from '../../../nodes/Transcription/providers/provider';
import { exampleSpeech } from './provider';

// The line that a new provider adds to the registry, before the nodes make their menus from it. Each test file has a
// registry of its own.
(PROVIDERS as Provider[]).push(exampleSpeech);
