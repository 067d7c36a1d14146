import { z } from 'zod';
import { parseJson } from '../../../core/json';
import type { ApiRequest, ProviderApi } from '../../../http/api';
import { ServiceError } from '../../../http/errors';
import { safeId } from '../../../http/safeId';
import type { ServiceFile, ServiceFiles } from '../../provider';
import { DOCUMENTS_PATH, FORMATS, SESSIONS_PATH } from '../constants';
import { generationOf } from '../credential';
import { documentIdIn, unwrapped } from '../transcript';

/** Scriptix exports the job's document instead of the job itself. */
export const serviceFiles: ServiceFiles = {
	formats: FORMATS.map(({ name, value }) => ({ name, value })),
	description: 'The exports of the Scriptix document to attach, with the layout and corrections from its editor',
	fetch: fetchFile,
};

async function fetchFile(api: ProviderApi, id: string, format: string, raw: unknown): Promise<ServiceFile> {
	const documentId = documentIdIn(raw, id);
	if (documentId === undefined) {
		throw new ServiceError({
			message: `Job “${id}” has no document at Scriptix, so there is nothing to export`,
			description: 'Remove the files from the options, or submit without “document” in “Additional Fields (JSON)”.',
		});
	}
	const { body } = await api.request({
		...exportRequest(api, id, documentId, format),
		expect: 'binary',
		idempotent: true,
	});
	return {
		content: await contentOf(api, body),
		mimeType: FORMATS.find(({ value }) => value === format)?.mimeType ?? 'application/octet-stream',
		extension: format,
	};
}

/**
 * Sources: docs.scriptix.io, API, Documents, “Export Document” and “Retrieve a document” (sessions); “Documents API”,
 * Export Document (batch upload).
 */
function exportRequest(
	api: ProviderApi,
	id: string,
	documentId: string,
	format: string,
): Pick<ApiRequest & { path: string }, 'method' | 'path' | 'query' | 'json'> {
	return generationOf(api.settings) === 'stt'
		? { method: 'POST', path: `${DOCUMENTS_PATH}/${safeId(documentId)}/export`, json: { format } }
		: {
				method: 'GET',
				path: `${SESSIONS_PATH}/${safeId(id)}/document/${safeId(documentId)}`,
				query: { format, direct_download: true },
			};
}

const downloadSchema = z.object({ download_url: z.string() });

/** Returns the content of an export, which is either the file itself or a download URL that is valid for an hour. */
async function contentOf(api: ProviderApi, body: unknown): Promise<Buffer> {
	const content = Buffer.isBuffer(body) ? body : Buffer.from(String(body ?? ''));
	const { data } = downloadSchema.safeParse(unwrapped(jsonIn(content)));
	if (!data) return content;
	const { body: file } = await api.request({
		method: 'GET',
		signedUrl: data.download_url,
		expect: 'binary',
		idempotent: true,
	});
	return Buffer.isBuffer(file) ? file : Buffer.from(String(file ?? ''));
}

/** Checks the first byte to avoid parsing whole files that aren't JSON. */
function jsonIn(content: Buffer): unknown {
	return content[0] === '{'.charCodeAt(0) ? parseJson(content.toString('utf8')) : undefined;
}
