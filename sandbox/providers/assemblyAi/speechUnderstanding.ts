import { z } from 'zod';

const effort = z.enum(['low', 'medium']).optional();

const translation = z
	.object({
		target_languages: z.array(z.string().min(1)).min(1),
		formal: z.boolean().optional(),
		match_original_utterance: z.boolean().optional(),
		force_translation: z.boolean().optional(),
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
	.object({
		date: z.string().optional(),
		phone_number: z.string().optional(),
		email: z.string().optional(),
		format_utterances: z.boolean().optional(),
		effort,
	})
	.strict();

const summarization = z.object({ summary_type: z.enum(['paragraph', 'bullets']), effort }).strict();

const actionItems = z.object({ include_decisions: z.boolean().optional(), effort }).strict();

/** The paid add-on's fields in a submit request (AssemblyAI docs, Speech Understanding). */
export const speechUnderstanding = z
	.object({
		request: z
			.object({
				translation,
				speaker_identification: speakerIdentification,
				custom_formatting: customFormatting,
				summarization,
				action_items: actionItems,
			})
			.partial()
			.strict(),
	})
	.strict();
