import type { Job, Sandbox } from '../../../sandbox';

/** A job in the sandbox, and the execution and node that submitted it. */
export interface SubmittedJob {
	job: Job;
	run: string;
	node: 'first' | 'next';
	/** The item it was submitted for. */
	round: string;
	/** n8n's execution ID. */
	execution: string;
}

const PROVIDER = 'assemblyAi';
/** The service's maximum page size. */
const PAGE = 200;

/** Determines from the audio URL of each new job which node submitted it. */
export class JobWatch {
	private readonly known = new Map<string, SubmittedJob>();

	constructor(private readonly sandbox: Sandbox) {}

	get all(): readonly SubmittedJob[] {
		return [...this.known.values()];
	}

	/** Returns the jobs that were submitted since the last call. */
	async next(): Promise<SubmittedJob[]> {
		const jobs = this.sandbox.jobs.list(PROVIDER).filter(({ id }) => !this.known.has(id));
		if (jobs.length === 0) return [];
		const urls = await this.audioUrls();
		const added = jobs.flatMap((job) => {
			const url = urls.get(job.id);
			if (url === undefined) return [];
			const { searchParams } = new URL(url);
			const node = searchParams.get('node') === 'next' ? ('next' as const) : ('first' as const);
			return [
				{
					job,
					node,
					run: searchParams.get('run') ?? '',
					round: searchParams.get('round') ?? '',
					execution: searchParams.get('execution') ?? '',
				},
			];
		});
		for (const one of added) this.known.set(one.job.id, one);
		return added;
	}

	/** Reads the service's list of jobs, because the planned faults slow down fetching by ID. */
	private async audioUrls(): Promise<Map<string, string>> {
		const response = await fetch(`${this.sandbox.baseUrl(PROVIDER)}/v2/transcript?limit=${PAGE}`, {
			headers: { authorization: this.sandbox.accounts(PROVIDER)[0]?.apiKey ?? '' },
		});
		const { transcripts } = (await response.json()) as { transcripts: Array<{ id: string; audio_url: string }> };
		return new Map(transcripts.map(({ id, audio_url: url }) => [id, url]));
	}
}
