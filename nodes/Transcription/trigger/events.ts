import type { INodePropertyOptions } from 'n8n-workflow';
import type { Provider } from '../providers/provider';

/** Returns the events of a provider that can start the workflow. */
export function eventChoices({ ui }: Provider): INodePropertyOptions[] {
	return [
		{ name: 'Completed', value: 'completed', description: 'The transcript is ready' },
		{ name: 'Failed', value: 'failed', description: 'The provider couldn’t transcribe the recording' },
		...ui.extraEvents,
	];
}
