import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryRecord, Job, RequestRecord, Sandbox } from '../../sandbox';
import type { N8nClient } from '../n8n';
import type { Attempt, Crm, Row } from './crm';
import type { Recording } from './driver';
import type { ForgedPost } from './faults';

/** Everything recorded by the sandbox, the CRM, and the campaign, which are never killed. */
export interface Observations {
	jobs: readonly Job[];
	deliveries: readonly DeliveryRecord[];
	requests: readonly RequestRecord[];
	rows: ReadonlyMap<string, Row>;
	attempts: readonly Attempt[];
	recordings: ReadonlyArray<{ id: string; service: string; state: Recording['state'] }>;
	forgedPosts: readonly ForgedPost[];
	/** Number of downloads per recording. */
	downloads: ReadonlyMap<string, number>;
	/** Job IDs in n8n's Data Tables. */
	keptIds: ReadonlySet<string>;
	/** Job IDs in n8n's log. */
	loggedIds: ReadonlySet<string>;
}

const COLLECT_MS = 1_000;

/** Collects all requests of a campaign. The sandbox itself only keeps the latest 10,000. */
export class RequestCollector {
	readonly requests: RequestRecord[] = [];

	private readonly timer: NodeJS.Timeout;

	constructor(private readonly sandbox: Sandbox) {
		this.timer = setInterval(() => this.collect(), COLLECT_MS).unref();
	}

	private collect(): void {
		const last = this.requests.at(-1)?.number ?? 0;
		for (const request of this.sandbox.requests.list()) if (request.number > last) this.requests.push(request);
	}

	stop(): void {
		clearInterval(this.timer);
		this.collect();
	}
}

interface Sources {
	sandbox: Sandbox;
	crm: Crm;
	requests: readonly RequestRecord[];
	recordings: readonly Recording[];
	forgedPosts: readonly ForgedPost[];
	keptIds: ReadonlySet<string>;
	loggedIds: ReadonlySet<string>;
}

/** Collects the observations. */
export function collectObservations({
	sandbox,
	crm,
	requests,
	recordings,
	forgedPosts,
	keptIds,
	loggedIds,
}: Sources): Observations {
	const downloads = new Map<string, number>();
	for (const { path } of requests) {
		const recording = path.startsWith('/samples/') ? new URL(path, sandbox.origin).searchParams.get('recording') : null;
		if (recording !== null) downloads.set(recording, (downloads.get(recording) ?? 0) + 1);
	}
	return {
		jobs: sandbox.jobs.list(),
		deliveries: sandbox.callbacks.deliveries(),
		requests,
		rows: crm.rows,
		attempts: crm.attempts,
		recordings: recordings.map(({ id, pipeline, state }) => ({ id, service: pipeline.service.name, state })),
		forgedPosts,
		downloads,
		keptIds,
		loggedIds,
	};
}

/** Returns the job IDs in a Data Table. */
export async function tableJobIds({ session }: N8nClient, tableId: string): Promise<string[]> {
	const { id: project } = await session.rest<{ id: string }>('GET', '/projects/personal');
	const ids: string[] = [];
	for (;;) {
		const { data, count } = await session.rest<{ data: Array<{ jobId: string }>; count: number }>(
			'GET',
			`/projects/${project}/data-tables/${tableId}/rows?take=100&skip=${ids.length}`,
		);
		ids.push(...data.map(({ jobId }) => jobId));
		if (data.length === 0 || ids.length >= count) return ids;
	}
}

/** Returns the job IDs that the nodes have logged in any process of the n8n instance with this user folder. */
export function loggedJobIds(userFolder: string): ReadonlySet<string> {
	const files = readdirSync(userFolder).filter((name) => /^n8n.*\.log$/.test(name));
	const lines = files.flatMap(
		(name) => readFileSync(join(userFolder, name), 'utf8').match(/accepted job \S+ \(item \d+\)/g) ?? [],
	);
	return new Set(lines.map((line) => line.split(' ')[2] ?? ''));
}
