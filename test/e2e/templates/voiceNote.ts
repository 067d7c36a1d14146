import { readFileSync } from 'node:fs';
import type { UploadedFile } from '../../../sandbox';
import type { Execution, Workflow } from '../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../harness';
import type { TemplateTestbed } from './testbed';

/** The voice note in the samples: speech, encoded with Opus in Ogg, as messengers do. */
export function voiceNoteSample({ testbed }: TemplateTestbed): { content: Buffer; text: string; sha256: string } {
	const { path, text, sha256 } = sample(testbed.sandbox, (file) => file === 'voice-note.oga');
	return { content: readFileSync(path), text, sha256 };
}

/** The files that were uploaded to the transcription service. */
export function uploadsOf({ testbed }: TemplateTestbed): UploadedFile[] {
	return testbed.sandbox.requests.list().flatMap(({ files }) => files);
}

/** Waits until `count` messages have been processed. */
export async function processed(template: TemplateTestbed, workflow: Workflow, count = 1): Promise<Execution[]> {
	return await callbackExecutions(template.testbed, workflow, count, 2 * MINUTES);
}
