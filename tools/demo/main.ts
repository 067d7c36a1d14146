import { join } from 'node:path';
import { startSandbox } from '../../sandbox';
import { ensurePackedPackage } from '../lib/packedPackage';
import { demoOwner, freePortFrom, N8nClient, projectFolder, startN8n, type RunningN8n } from '../n8n';
import { prepareCanvas } from './canvas';
import { readOptions } from './options';
import { findRecording, samplesFolder, type Recording } from './recording';
import { commonWords, wrap } from './report';
import { runOnce, type Delivered } from './run';
import { claim } from './running';
import { allServices, type Service } from './services';

const folder = join(projectFolder, '.demo');

/** Long enough to see that no execution waits for the transcript, short enough for a demo. */
const JOB_SECONDS = 3;

const started = Date.now();

const say = (line: string) => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`);

async function startDemoN8n(tarball: string, publicUrl: string | undefined): Promise<RunningN8n> {
	const wanted = Number(process.env['N8N_PORT'] ?? 5678);
	if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) throw new Error('N8N_PORT is not a port number.');
	const port = await freePortFrom(wanted);
	if (publicUrl !== undefined && port !== wanted) {
		throw new Error(
			`Port ${wanted} is in use, but the tunnel forwards to it. Free the port, or set N8N_PORT and point the tunnel to that port.`,
		);
	}
	return await startN8n({
		version: '2.41',
		userFolder: folder,
		port,
		tarball,
		fileAccess: [samplesFolder],
		env: publicUrl === undefined ? {} : { WEBHOOK_URL: `${publicUrl}/` },
		onProgress: say,
	});
}

function report(delivered: Delivered, { sample }: Recording): void {
	say(
		`the callback started execution ${delivered.executionId}; the transcript arrived ${delivered.seconds.toFixed(1)} s after the start`,
	);
	console.log(`\n  Transcript at the last node, for ${delivered.customer}:\n${wrap(delivered.transcript)}`);
	if (delivered.transcript === '') throw new Error('The callback arrived, but the transcript has no text.');
	const { common, total } = commonWords(sample.text, delivered.transcript);
	console.log(`  Actual words of the recording:\n${wrap(sample.text)}\n  ${common} of ${total} words arrived.\n`);
}

async function demonstrate(n8n: RunningN8n, services: Service[], used: Service): Promise<string> {
	const client = new N8nClient(n8n.url);
	await client.signIn();
	const recording = findRecording();
	const workflowId = await prepareCanvas(client, recording.path, used.provider.name, services);
	say(`workflow published: ${n8n.url}/workflow/${workflowId}`);
	say(
		`running it with samples/${recording.sample.file} ("${recording.sample.title}", ${Math.round(recording.sample.durationSeconds)} s)`,
	);
	report(await runOnce(client, workflowId, used.isReal ? 10 * 60_000 : 60_000, say), recording);
	return workflowId;
}

/** Keeps n8n running until Ctrl+C, which ends this process. @throws Error if n8n exits before that */
async function stayOpen(n8n: RunningN8n, workflowId: string): Promise<never> {
	console.log(
		`n8n keeps running: ${n8n.url}/workflow/${workflowId}\n` +
			`Log in as ${demoOwner.email} with the password ${demoOwner.password}, run "Start" again, or change the workflow.\n` +
			'Every provider in the menu has a credential. Select the same provider in both nodes and publish the workflow. Press Ctrl+C to stop.',
	);
	const how = await n8n.ended;
	throw new Error(`n8n exited (${how}). Its log is ${join(folder, 'n8n.log')}`);
}

/** `npm start`; see `options.ts`. */
export async function main(words: string[]): Promise<void> {
	const { provider, publicUrl, once } = readOptions(words, process.env);
	claim(join(folder, 'running.pid'));
	findRecording();
	const tarball = await ensurePackedPackage(say);
	const sandbox = await startSandbox({ port: await freePortFrom(4010), jobSeconds: JOB_SECONDS });
	const services = allServices(sandbox, process.env, publicUrl);
	const used = services.find((service) => service.provider === provider);
	if (used === undefined) throw new Error(`There is no service for ${provider.displayName}.`);
	say(`speech-to-text: ${used.about}`);
	const n8n = await startDemoN8n(tarball, publicUrl);
	try {
		const workflowId = await demonstrate(n8n, services, used);
		if (!once) await stayOpen(n8n, workflowId);
	} finally {
		await n8n.stop();
		await sandbox.close();
	}
	process.exit(0);
}
