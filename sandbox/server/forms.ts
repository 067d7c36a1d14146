import busboy from 'busboy';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

import { type AudioIntake, readAudio } from '../audio/intake';
import { bodyStream, MalformedBodyError } from './bodies';
import { recordFile } from './faultHooks';

interface FormFile {
	fileName: string;
	mimeType: string;
	intake: AudioIntake;
}

export interface Form {
	/** The fields in the order of the body. A name may occur several times. */
	fields: ReadonlyArray<readonly [name: string, value: string]>;
	files: Readonly<Record<string, FormFile>>;
	/** Returns the last value of a field, if any. */
	get(name: string): string | undefined;
	getAll(name: string): string[];
}

const LONGEST_FIELD_BYTES = 5 * 1024 * 1024;

export function isForm(request: FastifyRequest): boolean {
	return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/**
 * Reads a `multipart/form-data` body, including files. Keeps no more of a file in memory than `readAudio` does.
 * @throws MalformedBodyError for any other body, TooLargeError if a file exceeds `fileLimitBytes`
 */
export async function readForm(request: FastifyRequest, fileLimitBytes: number): Promise<Form> {
	if (!isForm(request)) throw new MalformedBodyError("body isn't multipart/form-data");
	const fields: Array<readonly [string, string]> = [];
	const files: Record<string, FormFile> = {};
	const parser = parserFor(request);
	parser.on('field', (name, value) => fields.push([name, value]));
	await new Promise<void>((resolve, reject) => {
		const reading: Array<Promise<void>> = [];
		parser.on('file', (name, stream, { filename, mimeType }) => {
			// PHP and Go don't treat a part with an empty file name as a file.
			if (!filename) return void stream.resume();
			const taken = readAudio(stream as AsyncIterable<Buffer>, fileLimitBytes).then((intake) => {
				files[name] = { fileName: filename, mimeType, intake };
				recordFile(request, { field: name, fileName: filename, mimeType, bytes: intake.size, sha256: intake.sha256 });
			});
			// Rejects immediately, because the parser would wait forever for a file that isn't read to its end.
			taken.catch(reject);
			reading.push(taken);
		});
		parser.on('close', () => Promise.all(reading).then(() => resolve(), reject));
		parser.on('error', (error) => reject(new MalformedBodyError((error as Error).message)));
		const body = Readable.from(bodyStream(request));
		body.on('error', reject);
		body.pipe(parser);
	});
	return {
		fields,
		files,
		get: (name) => fields.findLast(([candidate]) => candidate === name)?.[1],
		getAll: (name) => fields.filter(([candidate]) => candidate === name).map(([, value]) => value),
	};
}

function parserFor(request: FastifyRequest) {
	try {
		return busboy({
			headers: request.headers as { 'content-type': string },
			defParamCharset: 'utf8',
			limits: { fieldSize: LONGEST_FIELD_BYTES },
		});
	} catch (error) {
		throw new MalformedBodyError((error as Error).message);
	}
}
