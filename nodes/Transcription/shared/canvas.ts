import type { INodePropertyOptions } from 'n8n-workflow';
import type { Provider } from '../providers/provider';

/*
 * JavaScript object literals for the expressions that n8n evaluates to draw a node on the canvas. n8n ends an
 * expression at two closing braces, so these objects must not be nested.
 */

/** Returns an object with the providers' display names. */
export function namesByValue(providers: readonly Provider[]): string {
	return literal(providers.map(({ name, displayName }) => [name, displayName]));
}

/** Returns an object with the names of choices in lowercase, as n8n writes subtitles. */
export function labels(choices: readonly INodePropertyOptions[]): string {
	return literal(choices.map(({ name, value }) => [String(value), name.toLowerCase()]));
}

function literal(entries: ReadonlyArray<[string, string]>): string {
	return `(${JSON.stringify(Object.fromEntries(entries))})`;
}
