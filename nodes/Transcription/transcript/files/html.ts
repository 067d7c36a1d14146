import type { ExportContext } from './exportContext';
import { makeHtmlFragment } from './htmlFragment';
import { makePage } from './page';

/** Creates a self-contained HTML page, or a fragment for a content management system if the settings request it. */
export function makeHtml(context: ExportContext): string | Uint8Array {
	return context.settings.htmlFragment ? makeHtmlFragment(context) : makePage(context);
}
