import type { Credential, N8nClient } from '../n8n';
import type { Service } from './services';
import { demoWorkflow, names } from './workflow';

/** Creates the demo's credential for a service, or updates the one from an earlier start. */
async function ensureCredential(client: N8nClient, { provider, credentialData }: Service): Promise<Credential> {
	const wanted = { name: `${provider.displayName} demo`, type: provider.credentialType };
	const known = (await client.listCredentials()).find(({ name, type }) => name === wanted.name && type === wanted.type);
	return known === undefined
		? await client.createCredential(wanted.name, wanted.type, credentialData)
		: await client.updateCredential(known, credentialData);
}

/**
 * Creates credentials for all services, then creates and publishes the demo workflow. Updates them if they exist from an
 * earlier start.
 * @param provider the initial value of the Provider menu
 * @returns the workflow's ID
 */
export async function prepareCanvas(
	client: N8nClient,
	recording: string,
	provider: string,
	services: readonly Service[],
): Promise<string> {
	const credentials: Credential[] = [];
	for (const service of services) credentials.push(await ensureCredential(client, service));
	const workflow = demoWorkflow({ recording, provider, credentials });
	const known = (await client.listWorkflows()).find(
		({ name, isArchived }) => name === names.workflow && isArchived !== true,
	);
	const { id } =
		known === undefined ? await client.createWorkflow(workflow) : await client.updateWorkflow(known.id, workflow);
	await client.publish(id);
	return id;
}
