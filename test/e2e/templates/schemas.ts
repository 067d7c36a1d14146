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
const validators = new Map<string, ValidateFunction>();

/**
 * Checks a request against a type of `published.ts`.
 * @returns the mismatches, each with its path; empty if the request is valid. Unknown properties are mismatches.
 */
export function schemaMismatches(type: string, request: unknown): string[] {
	const validate = validators.get(type) ?? ajv.compile(generator.createSchema(type));
	validators.set(type, validate);
	if (validate(request)) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${type}${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}
