import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { TooLargeError } from '../../audio/intake';
import { type Form, readForm } from '../../server/forms';
import { accountOf } from '../../server/auth';
import { ApiError, invalidRequest } from './errors';
import { page } from './paging';
import type { Store, StoredFile } from './store';

/** Maximum size of a file (Soniox Node SDK, MAX_FILE_SIZE). */
const FILE_LIMIT_BYTES = 1_073_741_824;
/** Maximum size of the rest of the form. */
const FORM_BYTES = 64 * 1024;
/** Maximum number and total size of files (Soniox docs, Limits & quotas, File limits). */
const MOST_FILES = 1000;
const MOST_BYTES = 10 * 1000 ** 3;
/** Maximum length of a reference ID (Soniox OpenAPI, client_reference_id). */
const LONGEST_REFERENCE = 256;

type WithId = { Params: { id: string } };

/** Adds the routes for upload, list, get, count, and delete (Soniox OpenAPI, Files). */
export function fileRoutes(app: FastifyInstance, store: Store): void {
	app.post('/v1/files', async (request, reply) => {
		const account = accountOf(request).name;
		const form = await read(request);
		const file = form.files.file;
		if (!file) throw invalidRequest('file.file', 'Field required', 'missing');
		const reference = form.get('client_reference_id') ?? null;
		if (reference !== null && [...reference].length > LONGEST_REFERENCE) {
			throw invalidRequest(
				'form.client_reference_id',
				`String should have at most ${LONGEST_REFERENCE} characters`,
				'string_too_long',
			);
		}
		rejectBeyondQuota(store.filesOf(account), file.intake.size);
		const stored = {
			id: randomUUID(),
			account,
			fileName: file.fileName,
			createdAt: new Date(),
			reference,
			intake: file.intake,
		};
		store.addFile(stored);
		return reply.code(201).send(present(stored));
	});
	app.get('/v1/files', (request, reply) => {
		const { items, nextCursor } = page(store.filesOf(accountOf(request).name), request.query);
		return reply.send({ files: items.map(present), next_page_cursor: nextCursor });
	});
	app.get('/v1/files/count', (request, reply) => {
		const { length } = store.filesOf(accountOf(request).name);
		return reply.send({ total: length, public_api: length, playground: 0 });
	});
	app.get<WithId>('/v1/files/:id', (request, reply) => reply.send(present(find(store, request))));
	app.delete<WithId>('/v1/files/:id', (request, reply) => {
		store.deleteFile(find(store, request).id);
		return reply.code(204).send();
	});
}

async function read(request: FastifyRequest): Promise<Form> {
	if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT_BYTES + FORM_BYTES) throw tooLarge();
	return await readForm(request, FILE_LIMIT_BYTES).catch((error: unknown) => {
		throw error instanceof TooLargeError ? tooLarge() : error;
	});
}

/**
 * Creates the error for a file that exceeds the limit, which is reported as an invalid request, not a 413 (Soniox
 * OpenAPI, upload_file, 400).
 */
function tooLarge(): ApiError {
	return invalidRequest('file.file', `File size exceeds the limit of ${FILE_LIMIT_BYTES} bytes`);
}

function rejectBeyondQuota(files: readonly StoredFile[], bytes: number): void {
	if (files.length >= MOST_FILES) {
		throw new ApiError(
			429,
			'limit_exceeded',
			'Total file count limit has been exceeded for your organization. Please delete some.',
		);
	}
	if (files.reduce((sum, { intake }) => sum + intake.size, bytes) > MOST_BYTES) {
		throw new ApiError(
			429,
			'limit_exceeded',
			'Total file size limit has been exceeded for your organization. Please delete some.',
		);
	}
}

function find(store: Store, request: FastifyRequest<WithId>): StoredFile {
	const file = store.file(request.params.id, accountOf(request).name);
	if (!file) throw new ApiError(404, 'file_not_found');
	return file;
}

function present({ id, fileName, intake, createdAt, reference }: StoredFile): object {
	return {
		id,
		filename: fileName,
		size: intake.size,
		created_at: createdAt.toISOString(),
		client_reference_id: reference,
	};
}
