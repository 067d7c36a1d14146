import type { SimplePublicObjectInputForCreate } from '@hubspot/api-client/lib/codegen/crm/objects/notes/models/SimplePublicObjectInputForCreate';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions/completions';
import type { AddActivityRequest } from 'pipedrive/v2';

/**
 * Requests as the vendors publish them: the types of their own clients, which they generate from their API descriptions.
 * `schemas.ts` makes JSON schemas of them.
 */

/** `POST /v1/chat/completions` */
export type OpenAiChatCompletion = ChatCompletionCreateParamsNonStreaming;

/** `POST /crm/v3/objects/notes` */
export type HubSpotNote = SimplePublicObjectInputForCreate;

/** `POST /api/v2/activities` */
export type PipedriveActivity = AddActivityRequest;
