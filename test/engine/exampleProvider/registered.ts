import { PROVIDERS } from '../../../nodes/Transcription/providers';
import type { Provider } from '../../../nodes/Transcription/providers/provider';
import { exampleSpeech } from './provider';

// Adds the provider to the registry before the nodes build their dropdowns from it. Each test file has its own
// registry.
(PROVIDERS as Provider[]).push(exampleSpeech);
