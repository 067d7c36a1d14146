import type { Forgery } from './faults';
import type { CallbackMessage, CallbackOrder } from './order';

/** Creates the message that an attacker would send instead of the genuine one. */
export function forge(order: CallbackOrder, forgery: Forgery): CallbackMessage {
	const genuine = order.build((body) => body);
	if (forgery === 'alteredBody') return { headers: genuine.headers, body: order.alterBody(genuine.body) };
	const headers = { ...genuine.headers };
	for (const name of order.authHeaders) tamper(headers, name, forgery);
	return { headers, body: genuine.body };
}

function tamper(headers: Record<string, string>, name: string, forgery: Exclude<Forgery, 'alteredBody'>): void {
	const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
	if (key === undefined) return;
	if (forgery === 'missingHeader') delete headers[key];
	else headers[key] = forgery === 'emptyHeader' ? '' : wrongValue(headers[key] ?? '');
}

/** Returns a wrong value with the same length and alphabet as the correct one, so that its format doesn't give it away. */
function wrongValue(value: string): string {
	if (value === '') return 'forged';
	const last = value.slice(-1);
	return value.slice(0, -1) + (last === '0' ? '1' : '0');
}
