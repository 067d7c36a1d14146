import type { JsonObject, N8nClient } from '../../../tools/n8n';

/** Address of the personal project's table with this name, if there is one. */
async function addressOf(client: N8nClient, name: string): Promise<string | undefined> {
	const { id } = await client.session.rest<{ id: string }>('GET', '/projects/personal');
	const address = `/projects/${id}/data-tables`;
	const { data } = await client.session.rest<{ data: Array<{ id: string; name: string }> }>('GET', address);
	const table = data.find((candidate) => candidate.name === name);
	return table && `${address}/${table.id}`;
}

/** Deletes a data table, if there is one of this name: the next test begins without. */
export async function dropTable(client: N8nClient, name: string): Promise<void> {
	const address = await addressOf(client, name);
	if (address) await client.session.rest('DELETE', address);
}

/** The rows of a data table. @throws when there is none of this name */
export async function tableRows(client: N8nClient, name: string): Promise<JsonObject[]> {
	const address = await addressOf(client, name);
	if (!address) throw new Error(`There is no data table ${name}`);
	const { data } = await client.session.rest<{ data: JsonObject[] }>('GET', `${address}/rows`);
	return data;
}
