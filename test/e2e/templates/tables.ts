import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, N8nClient } from '../../../tools/n8n';
import { MINUTES } from '../harness';

/** Returns the API path of the personal project's data table with this name; undefined if it doesn't exist. */
async function tablePath(client: N8nClient, name: string): Promise<string | undefined> {
	const { id } = await client.session.rest<{ id: string }>('GET', '/projects/personal');
	const address = `/projects/${id}/data-tables`;
	const { data } = await client.session.rest<{ data: Array<{ id: string; name: string }> }>('GET', address);
	const table = data.find((candidate) => candidate.name === name);
	return table && `${address}/${table.id}`;
}

/** Deletes a data table if it exists, so that a test starts without it. */
export async function dropTable(client: N8nClient, name: string): Promise<void> {
	const address = await tablePath(client, name);
	if (address) await client.session.rest('DELETE', address);
}

/** Waits until a template has created its data table after it was published. @throws if it doesn't within a minute */
export async function waitForTable(client: N8nClient, name: string): Promise<void> {
	const deadline = Date.now() + MINUTES;
	while (!(await tablePath(client, name))) {
		if (Date.now() > deadline) throw new Error(`Data table ${name} wasn’t created`);
		await sleep(200);
	}
}

/** Returns the rows of a data table. @throws if it doesn't exist */
export async function tableRows(client: N8nClient, name: string): Promise<JsonObject[]> {
	const address = await tablePath(client, name);
	if (!address) throw new Error(`Data table ${name} doesn’t exist`);
	const { data } = await client.session.rest<{ data: JsonObject[] }>('GET', `${address}/rows`);
	return data;
}
