import './environment';
import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import { listJobs } from '../../nodes/Transcription/shared/listJobs';
import { openSession, type Session } from '../../nodes/Transcription/shared/session';
import { findProvider } from '../../nodes/Transcription/providers';
import type { FetchedJob, ListFilter } from '../../nodes/Transcription/providers/provider';
import { additionalData, aWorkflow, type Setup } from './harness';
import { type LocalServer, type SeenRequest, sendJson, startServer } from './localServer';

/** Returns the provider with a credential, as in a running node. */
export async function sessionOf(provider: string, setup: Setup): Promise<Session> {
	const { workflow, node } = aWorkflow('transcription', { provider }, setup);
	const executeData = { node, data: { main: [[]] }, source: null };
	const data = additionalData(setup);
	const context = new ExecuteContext(
		workflow,
		node,
		data,
		'trigger',
		createRunExecutionData(),
		0,
		[],
		{ main: [[]] },
		executeData,
		[],
	);
	return await openSession(context, findProvider(provider));
}

/** @param most the maximum number of jobs to return */
export async function listed(
	provider: string,
	setup: Setup,
	filter: ListFilter = {},
	most = Infinity,
): Promise<FetchedJob[]> {
	const jobs: FetchedJob[] = [];
	for await (const job of listJobs(await sessionOf(provider, setup), filter)) {
		jobs.push(job);
		if (jobs.length >= most) break;
	}
	return jobs;
}

export const idsOf = (jobs: readonly FetchedJob[]) => jobs.map(({ transcript }) => transcript.id);

/** Returns the jobs that a test service lists and the requests that it received. */
export async function listedBy(
	provider: string,
	answer: (query: URLSearchParams, request: SeenRequest) => unknown,
	filter: ListFilter = {},
	most = Infinity,
): Promise<{ jobs: FetchedJob[]; ids: string[]; asked: URLSearchParams[]; failure?: Error }> {
	const queryOf = (url: string) => new URL(url, 'http://localhost').searchParams;
	const server: LocalServer = await startServer((request, response) =>
		sendJson(response, 200, answer(queryOf(request.url), request)),
	);
	let failure: Error | undefined;
	// This only affects Scriptix, whose default API can't list jobs.
	const credential = { apiGeneration: 'sessions' };
	const jobs = await listed(provider, { baseUrl: server.origin, credential }, filter, most).catch((error: Error) => {
		failure = error;
		return [];
	});
	await server.close();
	return { jobs, ids: idsOf(jobs), asked: server.seen.map(({ url }) => queryOf(url)), ...(failure && { failure }) };
}
