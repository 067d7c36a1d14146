import type { AudioIntake } from '../../audio/intake';
import type { Recognition } from '../../audio/recognize';
import type { Job } from '../../core/job';
import type { Params } from './params';

/** A workspace webhook (ElevenLabs OpenAPI, WorkspaceWebhookResponseModel), including the secret, which the service only returns once. */
export interface Webhook {
	readonly id: string;
	readonly workspace: string;
	readonly url: string;
	readonly secret: string;
	readonly createdAt: Date;
	name: string;
	isDisabled: boolean;
	/** Set by the service after repeated failures. Only the dashboard can reset it. */
	isAutoDisabled: boolean;
	hasSucceeded: boolean;
	consecutiveFailures: number;
	lastFailure?: { status: number; at: Date };
	retryEnabled: boolean;
	events: string[];
	requestHeaders: Record<string, string>;
}

/** A job with its provider-specific data. */
export interface TranscriptEntry {
	job: Job;
	requestId: string;
	params: Params;
	/** The uploaded file; `null` if the service fetches a URL. */
	file: AudioIntake | null;
	heard: Recognition | null;
	deleted: boolean;
}

/** The webhooks and transcripts of all workspaces. */
export class Store {
	readonly webhooks = new Map<string, Webhook>();
	private readonly entries = new Map<string, TranscriptEntry>();

	add(entry: TranscriptEntry): void {
		this.entries.set(entry.job.id, entry);
	}

	get(id: string, workspace: string): TranscriptEntry | undefined {
		const entry = this.entries.get(id);
		return entry?.job.account === workspace ? entry : undefined;
	}

	webhooksOf(workspace: string): Webhook[] {
		return [...this.webhooks.values()].filter((webhook) => webhook.workspace === workspace);
	}

	clear(): void {
		this.webhooks.clear();
		this.entries.clear();
	}
}
