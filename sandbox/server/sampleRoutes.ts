import { readFileSync } from 'node:fs';

import type { FastifyInstance } from 'fastify';

import type { SampleLibrary } from '../audio/sampleLibrary';

/** Serves the sample recordings at `/samples/<file>`, so that jobs with a URL don't need another server. */
export function sampleRoutes(app: FastifyInstance, samples: SampleLibrary): void {
	app.get('/samples', (_request, reply) =>
		reply.send(samples.list().map(({ file, title, text }) => ({ file, title, text }))),
	);
	app.get<{ Params: { file: string } }>('/samples/:file', (request, reply) => {
		const path = samples.path(request.params.file);
		if (!path) return reply.code(404).send({ error: 'no such sample' });
		// The entire file is sent at once instead of streamed. Samples are small, and a client that disconnects early (e.g. a
		// canceled job) must not cause an error.
		return reply.type(path.endsWith('.mp3') ? 'audio/mpeg' : 'audio/wav').send(readFileSync(path));
	});
}
