import type { TriggerPanelDefinition } from 'n8n-workflow';

const TWO_MINUTES =
	'The <b>test URL</b> exists for two minutes after you press the button, and for one callback: transcriptions usually take longer, so services must be given the <b>production URL</b>. Submit does that by itself.';

/** What the editor shows in place of output while the trigger has none. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Pull in a finished transcript',
	executionsHelp: {
		inactive: `<b>While building:</b> press the button. The latest finished transcript of your account arrives here as a sample; if there is none yet, n8n listens for a callback.<br /><br /><b>To go live:</b> <a data-key="activate">publish</a> the workflow, then run a Transcription node (Submit) on this canvas or with this trigger’s production URL. Submit hands that URL to the service with every job: you need not copy it anywhere. Those executions appear in the <a data-key="executions">executions list</a>.<br /><br />${TWO_MINUTES}`,
		active: `<b>While building:</b> press the button. The latest finished transcript of your account arrives here as a sample; if there is none yet, n8n listens for a callback.<br /><br /><b>Live:</b> this workflow receives the transcript of every job that Submit hands over with this trigger’s production URL. Those executions appear in the <a data-key="executions">executions list</a>.<br /><br />${TWO_MINUTES}`,
	},
	activationHint:
		'Once you have finished building, <a data-key="activate">publish</a> the workflow: only then do callbacks reach this trigger.',
};
