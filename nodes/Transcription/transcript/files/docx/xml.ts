import { escapeXml } from '../htmlText';

/** Helpers for WordprocessingML, the format of the text in a Word document. */

/** The namespace of WordprocessingML. */
export const W_NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** Formatting of a run, in the order that the schema requires. */
interface RunStyle {
	/** A character style's ID. */
	style?: string;
	bold?: boolean;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether a paragraph with this text is written from right to left, according to its first letter. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '');

/** Returns text as runs with the same formatting. Word needs a separate run for text in the other direction. */
export function run(text: string, { style, bold = false }: RunStyle = {}): string {
	return byDirection(text)
		.map((part) => {
			const properties = [
				style === undefined ? '' : `<w:rStyle w:val="${style}"/>`,
				bold ? '<w:b/><w:bCs/>' : '',
				part.isRightToLeft ? '<w:rtl/>' : '',
			].join('');
			return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(part.text)}</w:t></w:r>`;
		})
		.join('');
}

/** Divides text between words of different directions. Words without letters have the direction of the whole text. */
function byDirection(text: string): Array<{ text: string; isRightToLeft: boolean }> {
	if (!RIGHT_TO_LEFT.test(text)) return [{ text, isRightToLeft: false }];
	const direction = isRightToLeft(text);
	const parts: Array<{ text: string; isRightToLeft: boolean }> = [];
	for (const word of text.match(/\s*\S+\s*/g) ?? []) {
		const isWordRightToLeft = RIGHT_TO_LEFT.test(word) || (direction && !/\p{L}/u.test(word));
		const last = parts.at(-1);
		if (last?.isRightToLeft === isWordRightToLeft) last.text += word;
		else parts.push({ text: word, isRightToLeft: isWordRightToLeft });
	}
	return parts;
}

export const LINE_BREAK = '<w:r><w:br/></w:r>';

/**
 * Returns a paragraph.
 * @param style a paragraph style's ID; default: Normal
 * @param runs XML
 * @param text the text that determines its direction
 */
export function paragraph(style: string | undefined, runs: string, text = ''): string {
	const properties = [
		style === undefined ? '' : `<w:pStyle w:val="${style}"/>`,
		isRightToLeft(text) ? '<w:bidi/>' : '',
	].join('');
	return `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${runs}</w:p>\n`;
}
