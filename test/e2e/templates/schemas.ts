import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);

const generator = createGenerator({
	path: join(__dirname, 'published.ts'),
	tsconfig: join(__dirname, '../../../tsconfig.json'),
	skipTypeCheck: true,
	additionalProperties: false,
	jsDoc: 'none',
});
const made = new Map<string, ValidateFunction>();

/**
 * Checks a request against a type of `published.ts`.
 * @returns what does not fit, each with its path; empty where all does. A property that the vendor does not name is
 *   something that does not fit.
 */
export function unfit(type: string, request: unknown): string[] {
	const validate = made.get(type) ?? ajv.compile(generator.createSchema(type));
	made.set(type, validate);
	if (validate(request)) return [];
	return (validate.errors ?? []).map(({ instancePath, message, params }) => `${type}${instancePath} ${message} ${JSON.stringify(params)}`);
}
