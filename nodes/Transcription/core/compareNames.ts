
const withoutAccents = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

/**
 * The order of names in menus: neither case nor accents count. Not `localeCompare`, whose first call takes a fifth of the
 * time that n8n needs at its start to load this package.
 */
export function compareNames(a: string, b: string): number {
	const [first, second] = [withoutAccents(a), withoutAccents(b)];
	return first < second ? -1 : first > second ? 1 : 0;
}
