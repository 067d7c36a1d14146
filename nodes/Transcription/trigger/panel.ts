import type { TriggerPanelDefinition } from 'n8n-workflow';

const SAMPLE_NOTE =
	'<b>While building:</b> click the button. The latest finished transcript in your account arrives here as a sample. If there is none, an example transcript arrives instead, so that you can map its fields.';

const TEST_URL_NOTE =
	'The <b>test URL</b> receives only this sample. Providers need the <b>production URL</b>, which Submit uses automatically.';

/** Shown in the editor while the trigger has no output. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Pull in a finished transcript',
	executionsHelp: {
		inactive: `${SAMPLE_NOTE}<br /><br /><b>In production:</b> <a data-key="activate">publish</a> the workflow, then run a Transcription node (Submit) on this canvas or with this trigger’s production URL. On this canvas, Submit sends that URL to the provider automatically, so you don’t need to copy it. These executions appear in the <a data-key="executions">executions list</a>.<br /><br />${TEST_URL_NOTE}`,
		active: `${SAMPLE_NOTE}<br /><br /><b>In production:</b> this workflow receives the transcript of every job that is submitted with this trigger’s production URL. These executions appear in the <a data-key="executions">executions list</a>.<br /><br />${TEST_URL_NOTE}`,
	},
	activationHint:
		'Once you’ve finished building, <a data-key="activate">publish</a> the workflow so that callbacks reach this trigger.',
};
