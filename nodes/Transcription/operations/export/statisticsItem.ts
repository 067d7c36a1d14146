import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ExportContext } from '../../transcript/files';
import { statisticsOf } from '../../transcript/statistics';

/**
 * Returns an item with the statistics of the conversation, and with the transcript's metadata, which often contains the ID
 * of the record that the statistics are for.
 */
export function toStatisticsItem(exportContext: ExportContext): INodeExecutionData {
	const { transcript, settings } = exportContext;
	const { speakers, timeline, ...overall } = statisticsOf(exportContext.conversation());
	const isNamed = settings.includeSpeakers ?? true;
	const json = {
		...overall,
		...(speakers && {
			speakers: isNamed ? speakers : speakers.map(({ speaker: _, channel: __, ...figures }) => figures),
		}),
		...(timeline && { timeline }),
		...(transcript.metadata && { metadata: transcript.metadata }),
		transcriptId: transcript.id,
	};
	return { json: json as unknown as IDataObject };
}
