import { Readable, Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Planned } from '../core/faultRegistry';
import type { HttpFault, HttpFaults } from './httpFaults';
import type { RequestLog, RequestRecord, UploadedFile } from './requestLog';

/** A provider's mount path and errors, used by the hooks that run before any route. */
interface Mount {
	name: string;
	path: string;
	errorBody(status: number): string;
}

interface Trace {
	record: RequestRecord;
	fault: Planned<HttpFault> | undefined;
	startedAt: number;
}

const traces = new WeakMap<FastifyRequest, Trace>();

/** Logs the account of a request; `null` if its key wasn't accepted. */
export function recordAccount(request: FastifyRequest, account: string | null): void {
	const trace = traces.get(request);
	if (!trace) return;
	trace.record.authorized = account !== null;
	trace.record.account = account;
}

/** Logs a file in the form of a request. */
export function recordFile(request: FastifyRequest, file: UploadedFile): void {
	traces.get(request)?.record.files.push(file);
}

/** Logs every request to providers and samples, and applies the planned HTTP faults. */
export function addHooks(app: FastifyInstance, mounts: Mount[], log: RequestLog, faults: HttpFaults): void {
	app.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith('/_sandbox')) return undefined;
		const mount = mounts.find(({ path }) => request.url.startsWith(`${path}/`));
		const record = log.open(mount?.name ?? null, request.method, request.url);
		const path = (request.url.split('?')[0] ?? '').slice(mount?.path.length ?? 0);
		const fault = mount && faults.take(mount.name, request.method, path);
		if (fault) record.fault = fault.id;
		traces.set(request, { record, fault, startedAt: Date.now() });
		reply.raw.once('close', () => {
			record.closedEarly = !reply.raw.writableFinished;
		});
		if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.seconds * 1000).unref());
		if (fault?.kind === 'status') return respondWith(reply, fault, mount!);
		return undefined;
	});
	app.addHook('preParsing', async (request, _reply, payload) => {
		const trace = traces.get(request);
		return trace ? countBody(request, payload as Readable, trace) : payload;
	});
	app.addHook('onSend', async (request, reply, payload) => {
		const fault = traces.get(request)?.fault;
		if (fault?.kind === 'dropAnswer') request.raw.socket.destroy();
		if (fault?.kind === 'brokenJson' && typeof payload === 'string')
			return payload.slice(0, Math.ceil(payload.length / 2));
		if (fault?.kind === 'invalidNumbers' && typeof payload === 'string') {
			reply.removeHeader('content-length');
			return payload.replace(new RegExp(`("(?:${fault.fields.join('|')})":\\s*)-?\\d[\\d.eE+-]*`, 'g'), '$1NaN');
		}
		if (fault?.kind === 'otherJob' && typeof payload === 'string') return payload.replaceAll(fault.asked, fault.named);
		if (fault?.kind === 'trickle' && (typeof payload === 'string' || Buffer.isBuffer(payload))) {
			reply.removeHeader('content-length');
			return Readable.from(trickled(Buffer.from(payload), fault.seconds * 1000));
		}
		if (fault?.kind === 'answer') {
			reply.code(fault.status).removeHeader('content-length').type('application/json; charset=utf-8');
			return fault.body;
		}
		return payload;
	});
	app.addHook('onResponse', async (request, reply) => {
		const trace = traces.get(request);
		if (!trace) return;
		const cut = trace.fault?.kind === 'dropAnswer' || trace.fault?.kind === 'cut';
		trace.record.status = cut && request.raw.socket.destroyed ? null : reply.statusCode;
		trace.record.responseBytes = Number(reply.getHeader('content-length') ?? 0);
		trace.record.durationMs = Date.now() - trace.startedAt;
	});
}

function respondWith(reply: FastifyReply, fault: Extract<HttpFault, { kind: 'status' }>, mount: Mount): FastifyReply {
	const retryAfter = fault.retryAfter ?? (fault.status === 429 ? 1 : undefined);
	if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
	const body = fault.body ?? mount.errorBody(fault.status);
	if (body !== '') reply.type('application/json; charset=utf-8');
	return reply.code(fault.status).send(body);
}

async function* trickled(content: Buffer, pauseMs: number): AsyncGenerator<Buffer> {
	for (const byte of content) {
		yield Buffer.from([byte]);
		await pause(pauseMs, undefined, { ref: false });
	}
}

/** Counts the bytes of the body, and closes the connection for a `cut` fault. */
function countBody(request: FastifyRequest, payload: Readable, { record, fault }: Trace): Readable {
	const limit = fault?.kind === 'cut' ? fault.afterBytes : Infinity;
	const counter = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			record.requestBytes += chunk.length;
			if (record.requestBytes >= limit) {
				request.raw.socket.destroy();
				done(new Error('connection cut by a planned fault'));
				return;
			}
			if (fault?.kind === 'slowUpload') setTimeout(done, fault.seconds * 1000, null, chunk).unref();
			else done(null, chunk);
		},
	});
	// If the client disconnects, stop reading.
	payload.on('error', (error) => counter.destroy(error));
	payload.on('close', () => {
		if (!payload.readableEnded) counter.destroy(new Error('client closed the connection'));
	});
	counter.on('error', () => undefined);
	return payload.pipe(counter);
}
