import { z } from 'zod';

const effort = z.enum(['low', 'medium']).optional();

const translation = z
	.object({
		target_languages: z.array(z.string().min(1)).min(1),
		formal: z.boolean().optional(),
		match_original_utterance: z.boolean().optional(),
		effort,
	})
	.strict();

const speakerIdentification = z
	.object({
		speaker_type: z.enum(['role', 'name']),
		known_values: z.array(z.string()).optional(),
		speakers: z.array(z.record(z.unknown())).optional(),
		effort,
	})
	.strict();

const customFormatting = z
	.object({ date: z.string().optional(), phone_number: z.string().optional(), email: z.string().optional(), effort })
	.strict();

/**
 * The paid add-on's fields in a submit request (AssemblyAI docs, Speech Understanding). The format of summaries and
 * action items is newer, and the sandbox doesn't check it.
 */
export const speechUnderstanding = z
	.object({
		request: z
			.object({
				translation,
				speaker_identification: speakerIdentification,
				custom_formatting: customFormatting,
				summarization: z.record(z.unknown()),
				action_items: z.record(z.unknown()),
			})
			.partial()
			.strict(),
	})
	.strict();
