import type { Workflow } from '../../../../tools/n8n';
import { MINUTES } from '../../harness';
import { readable, REASON } from '../rehearsal';
import { hubSpot, hubSpotCredential, type HubSpotContact } from '../services/hubSpot';
import { voiceNote, whatsApp, whatsAppCredentials, type WhatsApp } from '../services/whatsApp';
import type { TemplateTestbed } from '../testbed';
import { processed, uploadsOf, voiceNoteSample } from '../voiceNote';

const CUSTOMER = { phone: '4915112345678', name: 'Laura Bennett' };
const SENT_AT = '2023-11-14T22:13:20.000Z';

/** Contacts whose numbers end like the customer's. Only the second one has exactly this number. */
const CONTACTS: HubSpotContact[] = [
	{ id: '201', properties: { phone: '+1 (512) 234-5678' }, searchable: { phone: '5122345678' } },
	{
		id: '202',
		properties: { phone: '030 1234567', mobilephone: '+49 (0) 151 / 1234 5678' },
		searchable: { phone: '301234567', mobile: '15112345678' },
	},
];

export function whatsAppVoiceNote(template: TemplateTestbed): void {
	let service: WhatsApp;
	let crm: ReturnType<typeof hubSpot>;
	let workflow: Workflow;
	const media = () => ({ content: voiceNoteSample(template).content, mimeType: 'audio/ogg; codecs=opus' });

	const setUp = async (changes?: Parameters<TemplateTestbed['setUp']>[2]) =>
		await template.setUp(
			'whatsapp-voice-note',
			{ ...whatsAppCredentials, hubspotAppToken: hubSpotCredential },
			changes,
		);

	beforeEach(async () => {
		service = whatsApp({ media1: media() });
		crm = hubSpot({}, CONTACTS);
		template.internet.mock({ ...service.sites, 'api.hubapi.com': crm.site });
		workflow = await setUp();
	}, MINUTES);
	afterEach(async () => {
		await template.testbed.client.unpublish(workflow.id);
		expect(service.hasWebhook()).toBe(false);
	}, MINUTES);

	it(
		'adds the transcript of a voice note to the contact with the sender’s phone number',
		async () => {
			await service.deliver(CUSTOMER, [voiceNote('wamid.1', 'media1', media())]);
			const [execution] = await processed(template, workflow);

			const { text, content, sha256 } = voiceNoteSample(template);
			expect(execution?.error).toBeUndefined();
			expect(crm.notes).toEqual([{ contactId: '202', at: SENT_AT, body: expect.any(String) }]);
			expect(readable(crm.notes[0]!.body).trim()).toBe(`WhatsApp voice note ${text}`);
			expect(crm.created).toEqual([]);
			expect(uploadsOf(template)).toEqual([
				{
					field: 'file',
					// n8n names downloads after the last part of the URL's path.
					fileName: 'attachments',
					mimeType: 'audio/ogg',
					bytes: content.length,
					sha256,
				},
			]);
		},
		3 * MINUTES,
	);

	it(
		'creates a contact if none has the phone number',
		async () => {
			await service.deliver({ ...CUSTOMER, phone: '33612345678' }, [voiceNote('wamid.2', 'media1', media())]);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(crm.created).toEqual([{ firstname: CUSTOMER.name, phone: '+33612345678' }]);
			expect(crm.notes).toEqual([expect.objectContaining({ contactId: '9000' })]);
			expect(readable(crm.notes[0]!.body)).toContain(voiceNoteSample(template).text);
		},
		3 * MINUTES,
	);

	it(
		'adds a note with the reason if the service rejects a voice note, and the transcript of the other one',
		async () => {
			template.testbed.sandbox.httpFaults.add({
				kind: 'status',
				status: 400,
				body: JSON.stringify({ detail: { status: 'invalid_audio', message: REASON } }),
				next: 1,
				match: { provider: 'elevenLabs', method: 'POST', path: '/v1/speech-to-text' },
			});

			await service.deliver(CUSTOMER, [
				voiceNote('wamid.3', 'media1', media()),
				voiceNote('wamid.4', 'media1', media()),
			]);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			const notes = crm.notes.map(({ contactId, body }) => `${contactId}: ${readable(body)}`);
			expect(notes).toHaveLength(2);
			expect(notes).toContainEqual(expect.stringMatching(`^202: .*It couldn’t be transcribed\\. .*${REASON}`));
			expect(notes).toContainEqual(expect.stringContaining(voiceNoteSample(template).text));
		},
		3 * MINUTES,
	);

	it(
		'adds a note if the transcript isn’t ready before the deadline, because ElevenLabs doesn’t report failed jobs',
		async () => {
			await template.testbed.client.unpublish(workflow.id);
			workflow = await setUp({ 'Transcribe Voice Note': { deadlineAmount: 0.2 } });
			template.testbed.sandbox.jobs.failNext(REASON);

			await service.deliver(CUSTOMER, [voiceNote('wamid.10', 'media1', media())]);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(crm.notes).toEqual([expect.objectContaining({ contactId: '202' })]);
			expect(readable(crm.notes[0]!.body)).toContain(
				'It couldn’t be transcribed. The transcript wasn’t ready in time.',
			);
		},
		3 * MINUTES,
	);

	it(
		'adds a note with the reason if WhatsApp no longer has the voice note',
		async () => {
			await service.deliver(CUSTOMER, [voiceNote('wamid.5', 'deleted', media())]);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(template.testbed.sandbox.jobs.list()).toEqual([]);
			expect(crm.notes).toEqual([expect.objectContaining({ contactId: '202' })]);
			expect(readable(crm.notes[0]!.body)).toMatch(/It couldn’t be transcribed\. ./);
			expect(readable(crm.notes[0]!.body)).not.toMatch(/no reason|object Object/);
		},
		3 * MINUTES,
	);

	it(
		'ignores other messages and status updates, and a webhook that WhatsApp repeats',
		async () => {
			const note = voiceNote('wamid.6', 'media1', media());
			await service.deliverStatus(CUSTOMER);
			await service.deliver(CUSTOMER, [{ id: 'wamid.7', type: 'text', text: { body: 'Hello' } }]);
			await processed(template, workflow, 1);
			await service.deliver(CUSTOMER, [note]);
			await processed(template, workflow, 2);
			await service.deliver(CUSTOMER, [note]);
			await processed(template, workflow, 3);

			expect(await template.testbed.client.listExecutions(workflow.id)).toHaveLength(3);
			expect(template.testbed.sandbox.jobs.list()).toHaveLength(1);
			expect(crm.notes).toHaveLength(1);
		},
		4 * MINUTES,
	);

	it(
		'ignores webhooks that Meta didn’t sign',
		async () => {
			await service.deliver(CUSTOMER, [voiceNote('wamid.8', 'media1', media())], 'guessed');
			await service.deliver(CUSTOMER, [{ id: 'wamid.9', type: 'text', text: { body: 'Hello' } }]);
			await processed(template, workflow, 1);

			expect(await template.testbed.client.listExecutions(workflow.id)).toHaveLength(1);
			expect(crm.notes).toEqual([]);
		},
		3 * MINUTES,
	);
}
