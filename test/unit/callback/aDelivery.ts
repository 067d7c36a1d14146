import type { Delivery } from '../../../nodes/Transcription/callback/delivery';

/** A delivery that is empty except for the given parts. */
export function aDelivery(parts: Partial<Omit<Delivery, 'rawBody'>> & { body?: string } = {}): Delivery {
	const { body = '', ...rest } = parts;
	return { rawBody: Buffer.from(body), headers: {}, query: new URLSearchParams(), ...rest };
}

/** Headers as Node's HTTP server returns them, with lowercase names. */
export function received(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
