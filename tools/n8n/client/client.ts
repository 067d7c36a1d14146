import { setTimeout as sleep } from 'node:timers/promises';
import { decodeExecution, isSettled, type StoredExecution } from './executions';
import { N8nRequestError, Session } from './http';
import type {
	Credential,
	CredentialTest,
	Execution,
	ExecutionStatus,
	ExecutionSummary,
	JsonObject,
	ManualRun,
	NodeType,
	Owner,
	PublicationStatus,
	Workflow,
	WorkflowDefinition,
} from './types';

/** The owner account of temporary n8n instances. n8n requires 8 characters, a digit, and an uppercase letter. */
export const demoOwner: Owner = {
	email: 'demo@example.com',
	password: 'Demo-2-transcripts',
	firstName: 'Demo',
	lastName: 'Owner',
};

const POLL_MS = 150;

/** Default time limit for executions. It is generous, because a real n8n shares the machine with other processes. */
const TIMEOUT_MS = 120_000;

/** Polls until `ask` returns a result. If n8n responds slowly, it is busy, so it is polled less often. */
async function poll<T>(ask: () => Promise<T | undefined>): Promise<T> {
	for (;;) {
		const startedAt = Date.now();
		const found = await ask();
		if (found !== undefined) return found;
		await sleep(Math.max(POLL_MS, 3 * (Date.now() - startedAt)));
	}
}

/**
 * Controls an n8n through the API of its editor. Works with n8n 2.8 and 2.41.
 * Every method throws an N8nRequestError with the method, path, status, and end of the body if n8n rejects a request.
 */
export class N8nClient {
	/** Used for API calls that have no method here. */
	readonly session: Session;

	/** @param token the `token` of another client's session. n8n allows five logins per minute and account. */
	constructor(baseUrl: string, token?: string) {
		this.session = new Session(baseUrl.replace(/\/$/, ''), token);
	}

	/** Creates the owner account of a fresh n8n and logs in. */
	async setupOwner(owner: Owner = demoOwner): Promise<void> {
		await this.session.rest('POST', '/owner/setup', owner);
	}

	async login({ email, password }: { email: string; password: string } = demoOwner): Promise<void> {
		await this.session.rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/** Logs in. Creates the account first if this n8n has none yet. */
	async signIn(owner: Owner = demoOwner): Promise<void> {
		const settings = await this.session.rest<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad === true) await this.setupOwner(owner);
		else await this.login(owner);
	}

	async createCredential(name: string, type: string, data: JsonObject): Promise<Credential> {
		return await this.session.rest('POST', '/credentials', { name, type, data });
	}

	async listCredentials(): Promise<Credential[]> {
		return await this.session.rest('GET', '/credentials');
	}

	/** Replaces all data of a credential. */
	async updateCredential({ id, name, type }: Credential, data: JsonObject): Promise<Credential> {
		return await this.session.rest('PATCH', `/credentials/${id}`, { name, type, data });
	}

	async deleteCredential(id: string): Promise<void> {
		await this.session.rest('DELETE', `/credentials/${id}`);
	}

	/** Runs the credential's test with the given data, or with the stored data. */
	async testCredential({ id, name, type }: Credential, data?: JsonObject): Promise<CredentialTest> {
		const tested =
			data ?? (await this.session.rest<{ data: JsonObject }>('GET', `/credentials/${id}?includeData=true`)).data;
		return await this.session.rest('POST', '/credentials/test', { credentials: { id, name, type, data: tested } });
	}

	async createWorkflow(workflow: WorkflowDefinition): Promise<Workflow> {
		return await this.session.rest('POST', '/workflows', { settings: {}, ...workflow });
	}

	async listWorkflows(): Promise<Array<Pick<Workflow, 'id' | 'name' | 'active'> & { isArchived?: boolean }>> {
		return await this.session.rest('GET', '/workflows');
	}

	async getWorkflow(id: string): Promise<Workflow> {
		return await this.session.rest('GET', `/workflows/${id}`);
	}

	/** Saves a new version. A published workflow keeps running its published version until `publish`. */
	async updateWorkflow(id: string, changes: Partial<WorkflowDefinition>): Promise<Workflow> {
		return await this.session.rest('PATCH', `/workflows/${id}`, changes);
	}

	/** Unpublishes, archives, and deletes a workflow. n8n only deletes archived workflows that are no longer published. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/archive`, {});
		await poll(async () => await this.deleteArchived(id));
	}

	/** @returns undefined while the workflow is still being unpublished */
	private async deleteArchived(id: string): Promise<true | undefined> {
		try {
			await this.session.rest('DELETE', `/workflows/${id}`);
			return true;
		} catch (error) {
			if (error instanceof N8nRequestError && error.status === 409) return undefined;
			throw error;
		}
	}

	/**
	 * Publishes (activates) the workflow's latest version and waits until its webhooks are registered.
	 * @throws Error with the reasons if a trigger couldn't be activated
	 */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.session.rest('POST', `/workflows/${id}/activate`, { versionId });
		const publication = await this.settledPublication(id);
		if (publication === undefined || publication.status === 'published') return;
		const reasons = publication.triggers
			.map(({ errorMessage }) => errorMessage)
			.filter(Boolean)
			.join('; ');
		throw new Error(`Workflow ${id} wasn't published (${publication.status}): ${reasons || 'n8n reported no reason'}`);
	}

	/** Unpublishes (deactivates) a workflow and waits until its webhooks are removed. */
	async unpublish(id: string): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/deactivate`, {});
		await this.settledPublication(id);
	}

	/** Stops a running or waiting execution, like the button in the editor. */
	async stopExecution(id: string): Promise<void> {
		await this.session.rest('POST', `/executions/${id}/stop`, {});
	}

	/** @returns undefined if publishing is synchronous (n8n 2.8) */
	private async settledPublication(id: string): Promise<PublicationStatus | undefined> {
		return await poll(async () => await this.publication(id)).then(({ settled }) => settled);
	}

	/** @returns undefined while publishing is in progress */
	private async publication(id: string): Promise<{ settled: PublicationStatus | undefined } | undefined> {
		const read = async () => await this.session.rest<PublicationStatus>('GET', `/workflows/${id}/publication-status`);
		try {
			const first = await read();
			// n8n reads triggers and outbox separately. If publishing ends in between, both appear empty.
			const status = first.status === 'not_published' ? await read() : first;
			return status.status === 'in_progress' ? undefined : { settled: status };
		} catch (error) {
			if (error instanceof N8nRequestError && error.status === 404) return { settled: undefined };
			throw error;
		}
	}

	/**
	 * Runs the stored workflow manually, from a trigger or up to a node. With a webhook trigger, n8n waits for a
	 * request to the test URL (`waitingForWebhook`).
	 */
	async runManually(run: {
		workflowId: string;
		triggerNodeName?: string;
		destinationNode?: string;
	}): Promise<ManualRun> {
		const { workflowId, triggerNodeName, destinationNode } = run;
		return await this.session.rest('POST', `/workflows/${workflowId}/run`, {
			// n8n 2.8 runs the workflow in the request, but n8n 2.41 runs the stored one.
			workflowData: await this.getWorkflow(workflowId),
			...(triggerNodeName !== undefined && { triggerToStartFrom: { name: triggerNodeName } }),
			...(destinationNode !== undefined && { destinationNode: { nodeName: destinationNode, mode: 'inclusive' } }),
		});
	}

	/** Returns a workflow's latest 100 executions, including running and waiting ones, oldest first. */
	async listExecutions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.session.rest<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		);
		return results.map((result) => ({ ...result, id: String(result.id) })).sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** Yields all executions of a workflow that have ended, newest first. */
	async *everyExecution(workflowId: string): AsyncGenerator<ExecutionSummary> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		for (let place = ''; ;) {
			const { results, nextCursor } = await this.session.rest<{
				results: ExecutionSummary[];
				nextCursor?: string | null;
			}>('GET', `/executions?limit=100&filter=${filter}${place}`);
			for (const result of results) if (isSettled(result)) yield { ...result, id: String(result.id) };
			// n8n 2.8 paginates by ID, but n8n 2.41 uses a cursor.
			const last = results.findLast(isSettled)?.id;
			const next =
				nextCursor === undefined
					? last && `&lastId=${last}`
					: nextCursor && `&cursor=${encodeURIComponent(nextCursor)}`;
			if (!next) return;
			place = next;
		}
	}

	/** Counts a workflow's executions that have one of the given statuses. */
	async countExecutions(workflowId: string, ...status: ExecutionStatus[]): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		const { count } = await this.session.rest<{ count: number }>('GET', `/executions?limit=1&filter=${filter}`);
		return count;
	}

	/** Returns an execution with the items of all its nodes; see also `outputOf`. */
	async getExecution(id: string): Promise<Execution> {
		return await decodeExecution(await this.session.rest<StoredExecution>('GET', `/executions/${id}`));
	}

	/** Waits until an execution has ended. @throws Error with its status after `timeoutMs` */
	async waitForExecution(id: string, timeoutMs = TIMEOUT_MS): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		return await poll(async () => {
			const execution = await this.getExecution(id);
			if (isSettled(execution)) return execution;
			if (Date.now() > deadline)
				throw new Error(`Execution ${id} is still "${execution.status}" after ${timeoutMs / 1000} s`);
			return undefined;
		});
	}

	/**
	 * Waits until at least `count` executions of a workflow that `matching` accepts have ended.
	 * @returns all of these, oldest first @throws Error listing the workflow's executions after `timeoutMs`
	 */
	async waitForExecutions(
		workflowId: string,
		count: number,
		timeoutMs = TIMEOUT_MS,
		matching: (execution: ExecutionSummary) => boolean = () => true,
	): Promise<ExecutionSummary[]> {
		const deadline = Date.now() + timeoutMs;
		return await poll(async () => {
			const all = await this.listExecutions(workflowId);
			const ended = all.filter((execution) => isSettled(execution) && matching(execution));
			if (ended.length >= count) return ended;
			if (Date.now() <= deadline) return undefined;
			const states = all.map(({ id, mode, status }) => `${id} ${mode} ${status}`).join(', ') || 'none';
			throw new Error(
				`Waited ${timeoutMs / 1000} s for ${count} ended executions of workflow ${workflowId}; there are: ${states}`,
			);
		});
	}

	/** Retries a failed execution from the node that failed. n8n responds when the retry has ended. */
	async retryExecution(id: string, { loadWorkflow = false } = {}): Promise<unknown> {
		return await this.session.rest('POST', `/executions/${id}/retry`, { loadWorkflow });
	}

	async deleteExecution(id: string): Promise<void> {
		await this.session.rest('POST', '/executions/delete', { ids: [id] });
	}

	/** Returns all node types of this n8n, including built-in ones (about 10 MB). */
	async listNodeTypes(): Promise<NodeType[]> {
		return JSON.parse(await this.session.send('GET', '/types/nodes.json')) as NodeType[];
	}

	/** Returns a node type with all its properties. @throws Error if n8n doesn't have it */
	async nodeType(name: string, version = 1): Promise<NodeType> {
		const [found] = await this.session.rest<NodeType[]>('POST', '/node-types', { nodeInfos: [{ name, version }] });
		if (found === undefined) throw new Error(`n8n has no node type ${name} version ${version}`);
		return found;
	}

	/** Returns the choices of a dropdown (`loadOptions`) or, with `list`, of a resource locator. */
	async dynamicOptions(request: {
		nodeType: string;
		typeVersion?: number;
		method: string;
		/** The parameter's path, e.g. `parameters.transcriptId`. */
		path: string;
		parameters: JsonObject;
		credentials?: Record<string, { id: string; name: string }>;
		list?: { filter?: string; paginationToken?: string };
	}): Promise<JsonObject[] | { results: JsonObject[]; paginationToken?: unknown }> {
		const { list } = request;
		return await this.session.rest(
			'POST',
			`/dynamic-node-parameters/${list ? 'resource-locator-results' : 'options'}`,
			{
				path: request.path,
				nodeTypeAndVersion: { name: request.nodeType, version: request.typeVersion ?? 1 },
				currentNodeParameters: request.parameters,
				methodName: request.method,
				credentials: request.credentials,
				...list,
			},
		);
	}
}
