import type { ExpressionString } from 'n8n-workflow';
import type { Provider } from '../providers/provider';
import { labels, namesByValue } from '../shared/canvas';
import { eventChoices } from './events';

/**
 * The trigger's outputs. There are always two, so that connections keep their index. An output that the parameters
 * turn off says so on the canvas.
 *
 * Parameters may be expressions that can't be evaluated on the canvas. Then the outputs keep their plain names, because
 * a node whose outputs can't be evaluated is drawn without any.
 */
export const triggerOutputs: ExpressionString = `={{ (() => {
	const used = { completed: true, failed: true };
	try {
		const events = $parameter.events;
		if (Array.isArray(events)) {
			used.completed = events.some((event) => event !== 'failed');
			used.failed = events.includes('failed');
		}
		if ($parameter.options && $parameter.options.failExecution === true) used.failed = false;
	} catch (error) {}
	return [
		{ type: 'main', displayName: used.completed ? 'Completed' : 'Completed (Off)' },
		{ type: 'main', displayName: used.failed ? 'Failed' : 'Failed (Off)' },
	];
})() }}`;

/** Returns the expression for the trigger's subtitle, such as “AssemblyAI: completed, failed”. */
export function triggerSubtitle(providers: readonly Provider[]): ExpressionString {
	const events = providers.flatMap((provider) => eventChoices(provider));
	return `={{ (() => {
	const provider = ${namesByValue(providers)}[$parameter.provider] ?? $parameter.provider;
	try {
		const events = [].concat($parameter.events ?? []).map((event) => ${labels(events)}[event] ?? event);
		return events.length > 0 ? provider + ': ' + events.join(', ') : provider;
	} catch (error) {
		return provider;
	}
})() }}`;
}
