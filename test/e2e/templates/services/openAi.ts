import type { Site, SiteAnswer } from '../internet';
import { schemaMismatches } from '../schemas';

const KEY = 'key-of-openai';

/** Data for an OpenAI credential. */
export const openAiCredential = { apiKey: KEY };

interface Message {
	role: string;
	content: unknown;
}

/** A request to the model. */
export interface ChatRequest {
	messages: Message[];
	tools?: Array<{ function: { name: string } }>;
}

/** The model's response: text or a tool call. */
export type ChatAnswer = string | { tool: string; arguments: Record<string, unknown> };

/** A request for embeddings. */
interface EmbeddingsRequest {
	model: string;
	input: string[];
	encoding_format?: 'float' | 'base64';
}

/**
 * OpenAI's chat completions, with responses from `model`, and its embeddings. Source: the API reference in OpenAI's
 * client.
 */
export function openAi(model: (request: ChatRequest) => ChatAnswer): {
	site: Site;
	/** The requests for chat completions. */
	asked: ChatRequest[];
	/** The embedded texts. */
	embedded: string[];
} {
	const asked: ChatRequest[] = [];
	const embedded: string[] = [];
	const site: Site = ({ method, path, headers, json }) => {
		if (headers.authorization !== `Bearer ${KEY}`)
			return { status: 401, json: { error: { message: 'Incorrect API key provided' } } };
		if (method === 'POST' && path === '/v1/embeddings') return embeddings(json, embedded);
		if (method !== 'POST' || path !== '/v1/chat/completions') throw new Error('isn’t mocked');
		const mismatches = schemaMismatches('OpenAiChatCompletion', json);
		if (mismatches.length > 0) throw new Error(mismatches.join('; '));
		const request = json as ChatRequest;
		asked.push(request);
		const answer = model(request);
		const message =
			typeof answer === 'string'
				? { role: 'assistant', content: answer, refusal: null }
				: { role: 'assistant', content: null, refusal: null, tool_calls: [toolCall(request, answer)] };
		return {
			json: {
				id: `chatcmpl-${asked.length}`,
				object: 'chat.completion',
				created: 1,
				model: 'gpt-4.1-mini',
				choices: [
					{ index: 0, message, logprobs: null, finish_reason: typeof answer === 'string' ? 'stop' : 'tool_calls' },
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			},
		};
	};
	return { site, asked, embedded };
}

function embeddings(json: unknown, embedded: string[]): SiteAnswer {
	const mismatches = schemaMismatches('OpenAiEmbeddings', json);
	if (mismatches.length > 0) throw new Error(mismatches.join('; '));
	const request = json as EmbeddingsRequest;
	const texts = [request.input].flat();
	embedded.push(...texts);
	const data = texts.map((text, index) => {
		const vector = bagOfWords(text);
		const encoded = Buffer.from(vector.buffer).toString('base64');
		return {
			object: 'embedding',
			index,
			embedding: request.encoding_format === 'base64' ? encoded : [...vector],
		};
	});
	return { json: { object: 'list', data, model: request.model, usage: { prompt_tokens: 1, total_tokens: 1 } } };
}

/** Returns a vector of length 1 that is similar for texts with the same words. */
function bagOfWords(text: string): Float32Array {
	const vector = new Float32Array(256);
	for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
		const slot = [...word].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % vector.length, 7);
		vector[slot] = (vector[slot] ?? 0) + 1;
	}
	const length = Math.hypot(...vector) || 1;
	return vector.map((value) => value / length);
}

function toolCall(request: ChatRequest, { tool, arguments: args }: Exclude<ChatAnswer, string>) {
	const offered = request.tools?.map(({ function: { name } }) => name) ?? [];
	if (!offered.includes(tool)) throw new Error(`unknown tool ${tool}, expected one of ${offered.join(', ')}`);
	return { id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(args) } };
}
