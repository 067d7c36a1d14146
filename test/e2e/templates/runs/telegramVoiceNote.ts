import type { JsonObject, Workflow } from '../../../../tools/n8n';
import { MINUTES, sample } from '../../harness';
import { runAllPinned } from '../pinned';
import { REASON } from '../rehearsal';
import { telegram, telegramCredential, type Telegram, type TelegramFile } from '../services/telegram';
import type { TemplateTestbed } from '../testbed';
import { processed, uploadsOf, voiceNoteSample } from '../voiceNote';

const CHAT = 4711;

/** The message with the voice note. Source: `Message` and `Voice` in the Bot API reference. */
const VOICE_NOTE = {
	message_id: 7,
	voice: { file_id: 'voice1', file_unique_id: 'v1', duration: 10, mime_type: 'audio/ogg', file_size: 22_739 },
};

export function telegramVoiceNote(template: TemplateTestbed): void {
	let bot: Telegram;
	let workflow: Workflow;

	async function start(
		files: Record<string, TelegramFile> = {},
		changes?: Parameters<TemplateTestbed['setUp']>[2],
	): Promise<void> {
		bot = telegram(CHAT, {
			voice1: { path: 'voice/file_0.oga', content: voiceNoteSample(template).content },
			...files,
		});
		template.internet.mock({ 'api.telegram.org': bot.site });
		workflow = await template.setUp('telegram-voice-note', { telegramApi: telegramCredential }, changes);
	}
	afterEach(async () => {
		await template.testbed.client.unpublish(workflow.id);
		expect(bot.hasWebhook()).toBe(false);
	}, MINUTES);

	it(
		'replies to a voice note with its transcript',
		async () => {
			await start();

			expect(await bot.deliver(VOICE_NOTE)).toBe(200);
			const [execution] = await processed(template, workflow);

			const { text, content, sha256 } = voiceNoteSample(template);
			expect(execution?.error).toBeUndefined();
			expect(bot.replies).toEqual([{ chatId: CHAT, replyTo: 7, text }]);
			expect(uploadsOf(template)).toEqual([
				{ field: 'file', fileName: 'file_0.oga', mimeType: 'audio/ogg', bytes: content.length, sha256 },
			]);
		},
		3 * MINUTES,
	);

	it(
		'replies after the callback if the transcription takes longer',
		async () => {
			await start();
			const { client, sandbox } = template.testbed;
			sandbox.configure({ hold: 'processing' });

			await bot.deliver(VOICE_NOTE);
			await waitFor(async () => (await client.listExecutions(workflow.id)).some(({ status }) => status === 'waiting'));
			expect(bot.replies).toEqual([]);
			sandbox.jobs.release();
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(bot.replies).toEqual([{ chatId: CHAT, replyTo: 7, text: voiceNoteSample(template).text }]);
		},
		3 * MINUTES,
	);

	it(
		'transcribes audio files and video notes, and ignores other messages',
		async () => {
			const recording = sample(template.testbed.sandbox, (file) => file === 'thank-you.wav');
			const content = Buffer.from(await fetchSample(template, recording.file));
			await start({
				audio1: { path: 'music/file_1.wav', content },
				video1: { path: 'video_notes/file_2.mp4', content },
			});

			const others: JsonObject[] = [
				{ message_id: 1, text: 'Hello' },
				{ message_id: 2, photo: [{ file_id: 'photo1', file_unique_id: 'p1', width: 90, height: 90 }] },
			];
			for (const message of others) await bot.deliver(message);
			await processed(template, workflow, 2);
			expect(bot.requestedFiles).toEqual([]);

			await bot.deliver({ message_id: 3, audio: { file_id: 'audio1', duration: 2, mime_type: 'audio/x-wav' } });
			await processed(template, workflow, 3);
			await bot.deliver({ message_id: 4, video_note: { file_id: 'video1', length: 240, duration: 2 } });
			await processed(template, workflow, 4);

			expect(bot.replies).toEqual([
				{ chatId: CHAT, replyTo: 3, text: recording.text },
				{ chatId: CHAT, replyTo: 4, text: recording.text },
			]);
			expect(uploadsOf(template).map(({ fileName, mimeType }) => [fileName, mimeType])).toEqual([
				['file_1.wav', 'audio/x-wav'],
				['file_2.mp4', 'video/mp4'],
			]);
		},
		4 * MINUTES,
	);

	it(
		'replies with the reason if the service can’t transcribe the recording',
		async () => {
			await start();
			template.testbed.sandbox.jobs.failNext(REASON);

			await bot.deliver(VOICE_NOTE);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(bot.replies).toEqual([
				{
					chatId: CHAT,
					replyTo: 7,
					text: expect.stringMatching(`^This recording couldn’t be transcribed\\. .*${REASON}`),
				},
			]);
		},
		3 * MINUTES,
	);

	it(
		'replies with the reason if the service rejects the recording',
		async () => {
			await start();
			template.testbed.sandbox.httpFaults.add({
				kind: 'status',
				status: 402,
				match: { provider: 'soniox', method: 'POST', path: '/v1/transcriptions' },
			});

			await bot.deliver(VOICE_NOTE);
			await processed(template, workflow);

			expect(bot.replies).toEqual([
				{ chatId: CHAT, replyTo: 7, text: expect.stringMatching(/^This recording couldn’t be transcribed\. ./) },
			]);
			expect(bot.replies[0]?.text).not.toMatch(/no reason|object Object/);
		},
		3 * MINUTES,
	);

	it(
		'replies with the reason if the file is too large for bots',
		async () => {
			await start({ voice1: { path: 'voice/file_0.oga', content: Buffer.alloc(1), size: 30_000_000 } });

			await bot.deliver(VOICE_NOTE);
			await processed(template, workflow);

			expect(bot.replies).toEqual([
				{ chatId: CHAT, replyTo: 7, text: expect.stringContaining('Bad Request: file is too big') },
			]);
			expect(template.testbed.sandbox.jobs.list()).toEqual([]);
		},
		3 * MINUTES,
	);

	it(
		'replies that the transcript wasn’t ready if the deadline has passed',
		async () => {
			await start({}, { 'Transcribe Recording': { deadlineAmount: 0.1 } });
			template.testbed.sandbox.configure({ hold: 'processing' });

			await bot.deliver(VOICE_NOTE);
			const [execution] = await processed(template, workflow);

			expect(execution?.error).toBeUndefined();
			expect(execution?.runs).toHaveProperty('Get Transcript');
			expect(bot.replies.map(({ text }) => text)).toEqual([
				'This recording couldn’t be transcribed. The transcript wasn’t ready in time.',
			]);
		},
		3 * MINUTES,
	);

	it.each([
		['sentences', 'She said “yes” & he said <no>, *again* and _again_. '.repeat(300).trim(), /\.$/],
		['words', 'and then 👍 '.repeat(900).trim(), /\S$/],
		['text without spaces', '今日は👍とても良い天気です'.repeat(900), /./],
	])(
		'splits a long transcript into messages between %s',
		async (_, text, end) => {
			await start();

			await runFrom({ id: 'job', status: 'completed', text });

			const parts = bot.replies.map((reply) => reply.text);
			expect(parts.length).toBeGreaterThan(1);
			expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			for (const part of parts) {
				expect(part.isWellFormed()).toBe(true);
				expect(part).toMatch(end);
			}
			expect(new Set(bot.replies.map(({ replyTo }) => replyTo))).toEqual(new Set([7]));
		},
		3 * MINUTES,
	);

	it(
		'says so if there is no speech',
		async () => {
			await start();

			await runFrom({ id: 'job', status: 'completed', text: '' });

			expect(bot.replies.map(({ text }) => text)).toEqual(['No speech was recognized.']);
		},
		3 * MINUTES,
	);

	it(
		'rejects updates without Telegram’s secret',
		async () => {
			await start();

			expect(await bot.deliver(VOICE_NOTE, 'guessed')).toBe(403);
			expect(await template.testbed.client.listExecutions(workflow.id)).toEqual([]);
		},
		3 * MINUTES,
	);

	/** Runs the part after the transcription, with its output. */
	async function runFrom(output: JsonObject): Promise<void> {
		const message = { ...VOICE_NOTE, chat: { id: CHAT, type: 'private' } };
		bot.receive(message.message_id);
		const execution = await runAllPinned(template, workflow, 'Receive Message', {
			'Receive Message': [{ update_id: 1, message }],
			'Download Recording': [{ ok: true }],
			'Transcribe Recording': [output],
		});
		expect(execution.error).toBeUndefined();
	}
}

async function fetchSample({ testbed }: TemplateTestbed, file: string): Promise<ArrayBuffer> {
	return await (await fetch(`${testbed.sandbox.origin}/samples/${file}`)).arrayBuffer();
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + MINUTES;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error('Waited for a minute');
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
