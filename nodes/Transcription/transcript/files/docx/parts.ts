import type { ExportContext } from '../exportContext';
import { escapeXml } from '../htmlText';
import { titleOf } from './document';
import { W_NAMESPACE } from './xml';

/** The smaller parts of a Word document. */

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATION_TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/word/document.xml" ContentType="${MAIN_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${MAIN_TYPE}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="${MAIN_TYPE}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="${MAIN_TYPE}.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="${MAIN_TYPE}.footer+xml"/>
</Types>
`;

export const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${RELATION_TYPES}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>
`;

export const DOCUMENT_RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${RELATION_TYPES}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="${RELATION_TYPES}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="${RELATION_TYPES}/settings" Target="settings.xml"/>
<Relationship Id="rId4" Type="${RELATION_TYPES}/footer" Target="footer1.xml"/>
</Relationships>
`;

/** The bullets of lists. */
export const NUMBERING = `<w:numbering xmlns:w="${W_NAMESPACE}">
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>
`;

/** Without a compatibility mode, Word treats the document as one of Word 2007 and limits its features. */
export const SETTINGS = `<w:settings xmlns:w="${W_NAMESPACE}">
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
</w:settings>
`;

/** Creates the page number at the bottom of each page. */
export function footerXml(): string {
	const field = (name: string) => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
	return `<w:ftr xmlns:w="${W_NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${field('PAGE')}<w:r><w:t xml:space="preserve"> / </w:t></w:r>${field('NUMPAGES')}</w:p></w:ftr>
`;
}

/** Creates the document's properties. Dates are omitted, so that the same transcript always results in the same file. */
export function propertiesXml(context: ExportContext): string {
	const { locale } = context.spoken;
	const language = locale === undefined ? '' : `<dc:language>${escapeXml(locale)}</dc:language>`;
	return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(titleOf(context))}</dc:title>${language}</cp:coreProperties>
`;
}
