/** `integer` is a number without a fraction. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** The combined shape of several JSON values at the same place. */
export interface Shape {
	types: Set<JsonType>;
	/** All strings at this place. */
	strings: Set<string>;
	/** The number of objects at this place. */
	objects: number;
	/** The fields of the objects. `count` is the number of objects that have the field. */
	fields: Map<string, { shape: Shape; count: number }>;
	/** The items of all arrays at this place; undefined if all are empty. */
	items: Shape | undefined;
}

/** Merges the shapes of JSON values. */
export function shapeOf(values: readonly unknown[]): Shape {
	const shape: Shape = { types: new Set(), strings: new Set(), objects: 0, fields: new Map(), items: undefined };
	const members = new Map<string, unknown[]>();
	const items: unknown[] = [];
	for (const value of values) {
		shape.types.add(typeOf(value));
		if (typeof value === 'string') shape.strings.add(value);
		if (Array.isArray(value)) items.push(...(value as unknown[]));
		else if (value !== null && typeof value === 'object') {
			shape.objects++;
			for (const [name, member] of Object.entries(value)) {
				members.set(name, [...(members.get(name) ?? []), member]);
			}
		}
	}
	for (const [name, all] of members) shape.fields.set(name, { shape: shapeOf(all), count: all.length });
	if (items.length > 0) shape.items = shapeOf(items);
	return shape;
}

function typeOf(value: unknown): JsonType {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value as JsonType;
}

const FORMATS: ReadonlyArray<readonly [format: string, pattern: RegExp]> = [
	['empty text', /^\s*$/],
	['number in text', /^-?\d+(\.\d+)?$/],
	['date and time with time zone', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/],
	['date and time without time zone', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/],
	['date', /^\d{4}-\d\d-\d\d$/],
	['UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
	['URL', /^https?:\/\//],
];

/** Returns a string's format, e.g. `URL`, or `text` if it has none. */
export function formatOf(text: string): string {
	return FORMATS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text';
}
