import { z } from 'zod';

const seconds = z.number().min(0);

/** Body of `PATCH /_sandbox/settings`. */
export const settingsSchema = z
	.object({
		speed: z.number().positive(),
		jobSeconds: seconds,
		queuedSeconds: seconds,
		processingSeconds: seconds.nullable(),
		processingFactor: seconds,
		postProcessingSeconds: seconds,
		allowPrivateCallbacks: z.boolean(),
		acknowledgeSeconds: z.number().positive().nullable(),
		redactedAudioSeconds: seconds,
		bareFailures: z.boolean(),
		oldestFirst: z.boolean(),
		concurrentJobs: z.number().int().min(0).nullable(),
		hold: z.enum(['queued', 'processing']).nullable(),
	})
	.partial()
	.strict();

export type SettingsPatch = z.infer<typeof settingsSchema>;

/** Body of `PATCH /_sandbox/jobs/:id`. */
export const adjustSchema = z
	.object({ finishInSeconds: seconds, createdAt: z.string().datetime({ offset: true }) })
	.partial()
	.strict();

/** Body of `POST /_sandbox/jobs/release`. Without IDs, all jobs are released and the hold ends. */
export const releaseSchema = z.object({ ids: z.array(z.string()).optional() }).strict();

/** Body of `POST /_sandbox/jobs/fail-next`. */
export const failureSchema = z
	.object({ reason: z.string().min(1), count: z.number().int().min(1).default(1), provider: z.string().optional() })
	.strict();

/** Body of `POST /_sandbox/jobs/:id/redeliver`. */
export const redeliverySchema = z
	.object({
		copies: z.number().int().min(1).max(1000).default(1),
		gapSeconds: seconds.default(0),
		mode: z.enum(['sequence', 'simultaneous']).default('sequence'),
		kind: z.string().optional(),
		url: z.string().url().optional(),
	})
	.strict();
