import { readFileSync } from 'node:fs';

import type { FastifyInstance } from 'fastify';

import type { SampleLibrary } from '../audio/sampleLibrary';

/** Serves the sample recordings under `/samples/<file>`, so that a job by URL needs no other server. */
export function sampleRoutes(app: FastifyInstance, samples: SampleLibrary): void {
	app.get('/samples', (_request, reply) => reply.send(samples.list().map(({ file, title, text }) => ({ file, title, text }))));
	app.get<{ Params: { file: string } }>('/samples/:file', (request, reply) => {
		const path = samples.path(request.params.file);
		if (!path) return reply.code(404).send({ error: 'no such sample' });
		// Whole, not as a stream: samples are small, and a caller that leaves early (a job that was dropped)
		// must not turn into an error of the route.
		return reply.type(path.endsWith('.mp3') ? 'audio/mpeg' : 'audio/wav').send(readFileSync(path));
	});
}
