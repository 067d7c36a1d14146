/** Right-to-left languages that services transcribe. */
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

export const directionOf = (locale: string | undefined): 'rtl' | 'ltr' =>
	RIGHT_TO_LEFT.has(locale?.split('-')[0] ?? '') ? 'rtl' : 'ltr';

/** Escapes text for HTML elements and attributes. */
export function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

/** Characters that XML 1.0 can't contain even as references (section 2.2). Control characters are removed earlier. */
const NON_CHARACTERS = /[\ufffe\uffff]/g;

/** Escapes text for XML elements and attributes. @param text see `cleanText` */
export const escapeXml = (text: string): string => escape(text.replace(NON_CHARACTERS, ''));
