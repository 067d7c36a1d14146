const withoutAccents = (text: string) =>
	text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();

/**
 * Compares names for sorting in dropdowns, ignoring case and accents. This doesn't use `localeCompare`, because its first
 * call takes a fifth of the time that n8n needs to load this package at startup.
 */
export function compareNames(a: string, b: string): number {
	const [first, second] = [withoutAccents(a), withoutAccents(b)];
	return first < second ? -1 : first > second ? 1 : 0;
}
