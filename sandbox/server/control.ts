import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';

import type { CallbackFaultInput } from '../callbacks/faults';
import type { Sandbox } from '../types';
import { jsonBody, MalformedBodyError } from './bodies';
import { adjustSchema, failureSchema, redeliverySchema, releaseSchema, settingsSchema } from './controlSchemas';
import type { HttpFaultInput } from './httpFaults';

type WithId = { Params: { id: string } };

/** Adds the control API, which provides the functions of the `Sandbox` object as JSON over HTTP at `/_sandbox`. */
export function controlRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	app.setErrorHandler((error, _request, reply) => {
		const isInvalidRequest = error instanceof ZodError || error instanceof MalformedBodyError;
		return reply
			.code(isInvalidRequest ? 400 : 500)
			.send({ error: error instanceof ZodError ? explain(error) : String(error) });
	});
	app.get('/', (_request, reply) => reply.send(sandbox.state()));
	app.post('/reset', (_request, reply) => {
		sandbox.reset();
		return reply.send(sandbox.state());
	});
	app.patch('/settings', async (request, reply) => {
		sandbox.configure(settingsSchema.parse(await jsonBody(request)));
		return reply.send(sandbox.state());
	});
	jobRoutes(app, sandbox);
	faultRoutes(app, sandbox);
	app.get('/requests', (_request, reply) => reply.send(sandbox.requests.list()));
	app.delete('/requests', (_request, reply) => {
		sandbox.requests.clear();
		return reply.code(204).send();
	});
	app.get<{ Querystring: { job?: string } }>('/deliveries', (request, reply) =>
		reply.send(sandbox.callbacks.deliveries(request.query.job)),
	);
}

function jobRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { jobs } = sandbox;
	app.get('/jobs', (_request, reply) => reply.send(jobs.list()));
	app.get<WithId>('/jobs/:id', (request, reply) => {
		const job = jobs.get(request.params.id);
		return job ? reply.send(job) : unknown(reply, 'job');
	});
	app.patch<WithId>('/jobs/:id', async (request, reply) => {
		const job = jobs.get(request.params.id);
		if (!job) return unknown(reply, 'job');
		const { finishInSeconds, createdAt } = adjustSchema.parse(await jsonBody(request));
		if (createdAt !== undefined) job.createdAt = new Date(createdAt);
		if (finishInSeconds !== undefined && !jobs.finishIn(job.id, finishInSeconds)) {
			return reply.code(409).send({ error: 'the job has ended' });
		}
		return reply.send(job);
	});
	app.post('/jobs/release', async (request, reply) => {
		const { ids } = releaseSchema.parse((await jsonBody(request)) ?? {});
		if (ids === undefined) jobs.release();
		else for (const id of ids) jobs.release(id);
		return reply.send(jobs.list());
	});
	app.post('/jobs/fail-next', async (request, reply) => {
		const { reason, count, provider } = failureSchema.parse(await jsonBody(request));
		jobs.failNext(reason, count, provider);
		return reply.code(204).send();
	});
	app.post<WithId>('/jobs/:id/redeliver', async (request, reply) => {
		const options = redeliverySchema.parse((await jsonBody(request)) ?? {});
		const { id } = request.params;
		return sandbox.callbacks.redeliver(id, options)
			? reply.code(202).send({ ok: true })
			: unknown(reply, 'callback of that job');
	});
}

function faultRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const registries = [
		{
			path: '/faults/callbacks',
			registry: sandbox.callbacks.faults,
			add: (fault: unknown) => sandbox.callbacks.addFault(fault as CallbackFaultInput),
		},
		{
			path: '/faults/http',
			registry: sandbox.httpFaults,
			add: (fault: unknown) => sandbox.httpFaults.add(fault as HttpFaultInput),
		},
	];
	for (const { path, registry, add } of registries) {
		app.get(path, (_request, reply) => reply.send(registry.list()));
		app.post(path, async (request: FastifyRequest, reply) => reply.code(201).send(add(await jsonBody(request))));
		app.delete(path, (_request, reply) => {
			registry.clear();
			return reply.code(204).send();
		});
		app.delete<WithId>(`${path}/:id`, (request, reply) =>
			registry.remove(request.params.id) ? reply.code(204).send() : unknown(reply, 'fault'),
		);
	}
}

function unknown(reply: FastifyReply, what: string): FastifyReply {
	return reply.code(404).send({ error: `there is no such ${what}` });
}

function explain(error: ZodError): string {
	return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
}
