import { readFileSync } from 'node:fs';
import { outputOf } from '../../../../tools/n8n';
import { callbackExecutions, MINUTES, sample } from '../../harness';
import { failure, runPinned, transcript } from '../pinned';
import { expectSpoken, readable, RECORDING, rehearse, runHalf, type Rehearsal } from '../rehearsal';
import { googleDrive, googleDriveCredential } from '../services/googleDrive';
import { hubSpot, hubSpotCredential } from '../services/hubSpot';
import type { TemplateTestbed } from '../testbed';

const CONTACTS = { 'ada@example.com': '101', 'maria@example.com': '102' };
const credentials = { googleDriveOAuth2Api: googleDriveCredential, hubspotAppToken: hubSpotCredential };

/** A folder with one recording, and a CRM. */
function prepare(template: TemplateTestbed, name: string) {
	const content = readFileSync(sample(template.testbed.sandbox, (file) => file === RECORDING).path);
	const crm = hubSpot(CONTACTS);
	const drive = googleDrive('root', [{ id: 'file1', name, mimeType: 'audio/mpeg', content }]);
	return { crm, sites: { 'www.googleapis.com': drive, 'api.hubapi.com': crm.site } };
}

const submitRecording: Rehearsal['submitRecording'] = async (template, workflow) =>
	await runHalf(template, workflow, 'Watch Folder', 'Submit Recording');

export function driveToHubSpot(template: TemplateTestbed): void {
	rehearse(template, 'drive-to-hubspot', async () => {
		const { crm, sites } = prepare(template, 'Call with maria@example.com.mp3');
		return {
			credentials,
			sites,
			submitRecording,
			expectTranscript(text) {
				expect(crm.notes).toEqual([expect.objectContaining({ contactId: '102', body: expect.any(String) })]);
				expectSpoken(crm.notes[0]!.body, text);
				expect(crm.notes[0]!.body).toContain('https://drive.google.com/file/d/file1/view');
			},
			expectFailure(reason) {
				expect(crm.notes).toEqual([expect.objectContaining({ contactId: '102', body: expect.any(String) })]);
				expect(readable(crm.notes[0]!.body)).toContain(`couldn’t be transcribed: ${reason}`);
			},
		};
	});

	it('fails with an error and doesn’t acknowledge the transcript if no contact has the email address', async () => {
		const { crm, sites } = prepare(template, 'Call without an address.mp3');
		template.internet.mock(sites);
		const workflow = await template.setUp('drive-to-hubspot', credentials);
		await submitRecording(template, workflow);

		const [execution] = await callbackExecutions(template.testbed, workflow, 1);

		expect(execution?.error?.message).toContain(
			'Check that the file name contains the email address of an existing contact',
		);
		expect(execution?.runs).not.toHaveProperty('Acknowledge');
		expect(crm.notes).toEqual([]);
		await template.testbed.client.unpublish(workflow.id);
	});

	it(
		'recovers several jobs during the nightly run, even if some can’t be saved and acknowledged',
		async () => {
			const { crm, sites } = prepare(template, 'Call with maria@example.com.mp3');
			const rejected = /said in refused/;
			template.internet.mock({
				...sites,
				'api.hubapi.com': (request) =>
					rejected.test(JSON.stringify(request.json))
						? { status: 500, json: { message: 'internal error' } }
						: crm.site(request),
			});
			const workflow = await template.setUp('drive-to-hubspot', credentials);

			const execution = await runPinned(template, workflow, 'Run Every Night', 'Recover Missed', [
				transcript('nobody', { contactEmail: 'nobody@example.com', fileId: 'file1' }),
				transcript('one', { contactEmail: 'maria@example.com', fileId: 'file1' }),
				transcript('refused', { contactEmail: 'maria@example.com', fileId: 'file1' }),
				transcript('two', { contactEmail: 'ada@example.com', fileId: 'file1' }),
				failure('three', { contactEmail: 'ada@example.com', fileId: 'file1' }),
			]);

			expect(execution.error?.message).toContain('No note was created for');
			expect(crm.notes.map(({ contactId, body }) => `${contactId}: ${readable(body)}`).sort()).toEqual([
				expect.stringMatching(/^101: .*This was said in two\./),
				expect.stringMatching(/^101: .*couldn’t be transcribed: No <audio>/),
				expect.stringMatching(/^102: .*This was said in one\./),
			]);
			expect(outputOf(execution, 'Acknowledge')).toHaveLength(3);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);

	it(
		'truncates a note between paragraphs and says so if it exceeds HubSpot’s limit',
		async () => {
			const { crm, sites } = prepare(template, 'Call with maria@example.com.mp3');
			template.internet.mock(sites);
			const workflow = await template.setUp('drive-to-hubspot', credentials);
			const text = 'She said “yes” & he said <no>, again and again. '.repeat(3000).trim();

			await runPinned(template, workflow, 'Receive Transcript', 'Receive Transcript', [
				transcript('long', { contactEmail: 'maria@example.com', fileId: 'file1' }, text),
			]);

			const { body = '' } = crm.notes[0] ?? {};
			expect(body.length).toBeGreaterThan(55_000);
			expect(body).toMatch(
				/again\.<\/p>\n<p>\[The transcript is too long for a HubSpot note and was truncated\.\]<\/p>$/,
			);
			await template.testbed.client.unpublish(workflow.id);
		},
		3 * MINUTES,
	);
}
