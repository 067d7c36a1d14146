/** A JSON object of n8n that nobody here needs to know closer. */
export type JsonObject = Record<string, unknown>;

/** A node as it stands in a workflow's JSON. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: JsonObject;
	credentials?: Record<string, { id: string; name: string }>;
	/** Webhook nodes need one (any UUID): n8n's editor gives it, its API does not. */
	webhookId?: string;
	disabled?: boolean;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds; n8n takes 5,000 at most. */
	waitBetweenTries?: number;
	/** The node sees the first item only. */
	executeOnce?: boolean;
}

/** From node name and connection type to outputs, their targets and the targets' inputs. */
export type Connections = Record<
	string,
	Record<string, Array<Array<{ node: string; type: string; index: number }> | null>>
>;

/** A workflow as one exports it from n8n. */
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

export type ExecutionStatus =
	| 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';

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

/** What a node hands to the next. */
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
	/** Per output of the node, its items. Empty when the node failed. */
	outputs: Item[][];
	error?: ExecutionError;
	executionStatus?: string;
	/** By n8n's clock, in ms of Unix time. */
	startTime: number;
	/** Milliseconds. */
	executionTime: number;
}

/** An execution with everything that flowed through it. */
export interface Execution extends ExecutionSummary {
	/** From node name to its runs, in order. */
	runs: Record<string, NodeRun[]>;
	lastNodeExecuted?: string;
	/** Why the execution failed. */
	error?: ExecutionError;
	/** n8n 2.41 keeps the data of very large executions from the editor: then `runs` is empty. */
	dataTooLargeToDisplay: boolean;
	/** The undecoded rest, for what is not in the fields above. */
	data: JsonObject;
}

/** A node type as the editor gets it; only what is commonly looked at is typed. */
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

/** A manual run, or what n8n now waits for instead. */
export interface ManualRun {
	/** Absent when n8n waits for a call of the test URL. */
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
