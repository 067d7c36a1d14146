import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request from a workflow that reports where its execution is. */
export interface Visit {
	/** Chosen by the driver for each execution, so that execution IDs don't have to be known in advance. */
	run: string;
	/** The place on the canvas, e.g. `afterFirst`. */
	place: string;
	/** n8n's execution ID. */
	execution: string;
	/** Distinguishes intended visits to the same place, such as the rounds of a loop. */
	round: string;
	/** The URL at which n8n resumes this execution. */
	resumeUrl?: string;
	/** Job IDs of all items at this place. */
	ids: readonly string[];
	/** IDs of the jobs whose item has the completed transcript. */
	completed: readonly string[];
	/** Status of the transcript that the first node returned; `processing` if it continued at the deadline. */
	status?: string;
	/** The event that resumed the Wait node before this place. */
	resumedBy?: string;
	/** Unix time in ms. */
	at: number;
}

/** Counts how often executions pass places on the canvas. It runs outside n8n, so kills don't affect it. */
export interface Observer {
	readonly url: string;
	readonly visits: readonly Visit[];
	close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 for `GET /<place>?run=…&execution=…&round=…`. */
export async function startObserver(): Promise<Observer> {
	const visits: Visit[] = [];
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://observer');
		visits.push({
			run: searchParams.get('run') ?? '',
			place: pathname.slice(1),
			execution: searchParams.get('execution') ?? '',
			round: searchParams.get('round') ?? '',
			resumeUrl: searchParams.get('resumeUrl') ?? undefined,
			ids: list(searchParams.get('ids')),
			completed: list(searchParams.get('completed')),
			status: searchParams.get('status') || undefined,
			resumedBy: searchParams.get('resumedBy') || undefined,
			at: Date.now(),
		});
		response.writeHead(200, { 'content-type': 'application/json' }).end('{"seen":true}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		visits,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const list = (text: string | null): string[] => (text ? text.split(',') : []);
