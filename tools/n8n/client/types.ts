/** A JSON object whose properties aren't typed here. */
export type JsonObject = Record<string, unknown>;

/** A node in a workflow's JSON. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: JsonObject;
	credentials?: Record<string, { id: string; name: string }>;
	/** Required for webhook nodes (any UUID). n8n's editor creates it, its API doesn't. */
	webhookId?: string;
	disabled?: boolean;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds, at most 5,000. */
	waitBetweenTries?: number;
	/** Whether the node only processes the first item. */
	executeOnce?: boolean;
}

/** Maps node names and connection types to outputs, which list their targets and the targets' inputs. */
export type Connections = Record<
	string,
	Record<string, Array<Array<{ node: string; type: string; index: number }> | null>>
>;

/** A workflow as exported from n8n. */
export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Connections;
	settings?: JsonObject;
	pinData?: JsonObject;
}

/** A workflow as n8n stores it. */
export interface Workflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export type ExecutionStatus = 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	/** `manual`, `webhook`, `retry`, … */
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
	waitTill?: string | null;
	retryOf?: string | null;
	retrySuccessId?: string | null;
}

/** An item that a node passes to the next one. */
export interface Item {
	json: JsonObject;
	binary?: Record<string, { fileName?: string; mimeType: string; id?: string; data: string; fileSize?: string }>;
	error?: unknown;
	pairedItem?: unknown;
}

export interface ExecutionError {
	name?: string;
	message: string;
	description?: string | null;
	node?: { name: string };
}

/** One run of one node. */
export interface NodeRun {
	/** The items of each output. Empty if the node failed. */
	outputs: Item[][];
	error?: ExecutionError;
	executionStatus?: string;
	/** Unix time in ms, by n8n's clock. */
	startTime: number;
	/** Milliseconds. */
	executionTime: number;
}

/** An execution with the items of all its nodes. */
export interface Execution extends ExecutionSummary {
	/** The runs of each node in order, by node name. */
	runs: Record<string, NodeRun[]>;
	lastNodeExecuted?: string;
	/** The reason why the execution failed. */
	error?: ExecutionError;
	/** True if n8n 2.41 withheld the data because it is very large. If so, `runs` is empty. */
	dataTooLargeToDisplay: boolean;
	/** The decoded data with everything that isn't in the fields above. */
	data: JsonObject;
}

/** A node type as returned to the editor. Only the common properties are typed. */
export interface NodeType {
	name: string;
	displayName: string;
	version: number | number[];
	group: string[];
	properties: Array<JsonObject & { name: string; type: string }>;
	credentials?: Array<{ name: string; required?: boolean }>;
	inputs: unknown;
	outputs: unknown;
	[key: string]: unknown;
}

/** The result of starting a manual run. */
export interface ManualRun {
	/** Undefined if n8n waits for a request to the test URL. */
	executionId?: string;
	waitingForWebhook?: boolean;
}

export interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}
