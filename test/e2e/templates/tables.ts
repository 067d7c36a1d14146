import type { JsonObject, N8nClient } from '../../../tools/n8n';

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

/** Returns the rows of a data table. @throws if it doesn't exist */
export async function tableRows(client: N8nClient, name: string): Promise<JsonObject[]> {
	const address = await tablePath(client, name);
	if (!address) throw new Error(`Data table ${name} doesn’t exist`);
	const { data } = await client.session.rest<{ data: JsonObject[] }>('GET', `${address}/rows`);
	return data;
}
