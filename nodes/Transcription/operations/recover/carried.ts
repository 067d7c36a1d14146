import type { IExecuteFunctions } from 'n8n-workflow';
import { inputError } from '../../providers/provider';
import type { Carried } from '../present';

/**
 * What travelled in the callback that was lost, from where the user kept it: the option Metadata, else the item as Submit
 * put it out.
 * @throws InputError for metadata that cannot be read
 */
export function carriedBy(context: IExecuteFunctions, itemIndex: number): Carried {
	const kept = context.getInputData()[itemIndex]?.json ?? {};
	// n8n throws where an option is absent and what stands for it is undefined.
	const metadata = metadataOf(context.getNodeParameter('options.metadata', itemIndex, kept.metadata ?? ''), itemIndex);
	return {
		...(metadata && Object.keys(metadata).length > 0 && { metadata }),
		...(typeof kept.ref === 'string' && kept.ref !== '' && { ref: kept.ref }),
	};
}

function metadataOf(given: unknown, itemIndex: number): Record<string, string> | undefined {
	if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) return undefined;
	const object = typeof given === 'string' ? parsed(given) : given;
	if (object === null) return undefined;
	if ( typeof object !== 'object' || Array.isArray(object)) {
		throw inputError(
			`“Metadata” of item ${itemIndex} is no object`,
			'Give the object that Submit put out as “metadata”, or its JSON text, such as {"contactId":"4711"}.',
		);
	}
	// As in a callback URL, where everything is text.
	const texts = Object.entries(object).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
	return Object.fromEntries(texts.filter(([, value]) => value !== undefined && value !== 'null'));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
