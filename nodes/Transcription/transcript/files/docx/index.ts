// Not fflate's main entry, which loads Node's worker threads. n8n doesn't allow them.
import { strToU8, zipSync, type Zippable } from 'fflate/browser';
import type { ExportContext } from '../exportContext';
import { documentXml } from './document';
import { CONTENT_TYPES, DOCUMENT_RELATIONS, footerXml, NUMBERING, propertiesXml, RELATIONS, SETTINGS } from './parts';
import { stylesXml } from './styles';

/**
 * Creates a Word document (Office Open XML, ECMA-376): title, details, summary, chapters, action items, and the paragraphs
 * with their speakers and times. It contains no macros, fonts, or links to other files. The same transcript always
 * results in the same bytes.
 */
export function makeDocx(context: ExportContext): Uint8Array {
	const parts: Readonly<Record<string, string>> = {
		// Programs identify the format by the first entry.
		'[Content_Types].xml': CONTENT_TYPES,
		'_rels/.rels': RELATIONS,
		'docProps/core.xml': propertiesXml(context),
		'word/document.xml': documentXml(context),
		'word/_rels/document.xml.rels': DOCUMENT_RELATIONS,
		'word/styles.xml': stylesXml(context.spoken.locale),
		'word/numbering.xml': NUMBERING,
		'word/settings.xml': SETTINGS,
		'word/footer1.xml': footerXml(),
	};
	const files: Zippable = Object.fromEntries(
		Object.entries(parts).map(([path, xml]) => [path, strToU8(`${XML_DECLARATION}\n${xml}`)]),
	);
	return zipSync(files, { mtime: EARLIEST_DATE });
}

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The earliest date that a ZIP file can contain, so that files with the same contents are identical. */
const EARLIEST_DATE = new Date(1980, 0, 1);
