import type { Credential, JsonObject, N8nClient } from '../n8n';
import { demoWorkflow, names } from './workflow';

const credentialName = 'Transcription demo';
const credentialType = 'assemblyAiTranscriptionApi';

/** The demo's credential with these data; made at the first start, updated at later ones. */
async function ensureCredential(client: N8nClient, data: JsonObject): Promise<Credential> {
	const known = (await client.listCredentials()).find(({ name, type }) => name === credentialName && type === credentialType);
	return known === undefined
		? await client.createCredential(credentialName, credentialType, data)
		: await client.updateCredential(known, data);
}

/**
 * Puts the demo workflow and its credential into n8n and publishes it. Those of an earlier start
 * are updated, not doubled.
 * @returns the workflow's ID
 */
export async function prepareCanvas(client: N8nClient, recording: string, credentialData: JsonObject): Promise<string> {
	const credential = await ensureCredential(client, credentialData);
	const workflow = demoWorkflow({ recording, credential: { id: credential.id, name: credential.name } });
	const known = (await client.listWorkflows()).find(({ name, isArchived }) => name === names.workflow && isArchived !== true);
	const { id } =
		known === undefined ? await client.createWorkflow(workflow) : await client.updateWorkflow(known.id, workflow);
	await client.publish(id);
	return id;
}
