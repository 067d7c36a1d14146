import type { SimplePublicObjectInputForCreate } from '@hubspot/api-client/lib/codegen/crm/objects/notes/models/SimplePublicObjectInputForCreate';
import type { PublicObjectSearchRequest } from '@hubspot/api-client/lib/codegen/crm/contacts/models/PublicObjectSearchRequest';
import type { SimplePublicObjectInputForCreate as ContactInput } from '@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObjectInputForCreate';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';
import type { AddActivityRequest } from 'pipedrive/v2';

/**
 * Request types from the vendors' own clients, which are generated from their API specifications. `schemas.ts` converts
 * them to JSON schemas.
 */

/** `POST /v1/chat/completions` */
export type OpenAiChatCompletion = ChatCompletionCreateParamsNonStreaming;

/** `POST /v1/embeddings` */
export type OpenAiEmbeddings = EmbeddingCreateParams;

/** `POST /crm/v3/objects/notes` */
export type HubSpotNote = SimplePublicObjectInputForCreate;

/** `POST /crm/v3/objects/contacts/search` */
export type HubSpotContactSearch = PublicObjectSearchRequest;

/** `POST /crm/v3/objects/contacts` */
export type HubSpotContact = ContactInput;

/** `POST /api/v2/activities` */
export type PipedriveActivity = AddActivityRequest;
