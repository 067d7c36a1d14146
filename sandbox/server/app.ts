import fastify, { type FastifyInstance } from 'fastify';

import type { SampleLibrary } from '../audio/sampleLibrary';
import type { SandboxProvider } from '../core/provider';
import { addHooks } from './faultHooks';
import type { HttpFaults } from './httpFaults';
import type { RequestLog } from './requestLog';
import { sampleRoutes } from './sampleRoutes';

/** A provider and its mount path. */
interface MountedProvider {
	name: string;
	mount: string;
	provider: SandboxProvider;
}

/** Creates a server with all providers and samples. The caller adds the control API. */
export function buildApp(
	providers: MountedProvider[],
	samples: SampleLibrary,
	log: RequestLog,
	faults: HttpFaults,
): FastifyInstance {
	const app = fastify({ logger: false, forceCloseConnections: true, requestTimeout: 0, keepAliveTimeout: 5000 });
	// Bodies of any content type remain streams, because uploads must not be buffered and some clients send
	// "application/json" with an empty body.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
	addHooks(
		app,
		providers.map(({ name, mount, provider }) => ({
			name,
			path: mount,
			errorBody: (status) => provider.errorBody(status),
		})),
		log,
		faults,
	);
	sampleRoutes(app, samples);
	for (const { mount, provider } of providers) {
		void app.register(
			async (scope) => {
				provider.register(scope);
			},
			{ prefix: mount },
		);
	}
	return app;
}
