import type { Site } from '../internet';
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

/** OpenAI's chat completions, with responses from `model`. Source: the API reference in OpenAI's client. */
export function openAi(model: (request: ChatRequest) => ChatAnswer): { site: Site; asked: ChatRequest[] } {
	const asked: ChatRequest[] = [];
	const site: Site = ({ method, path, headers, json }) => {
		if (headers.authorization !== `Bearer ${KEY}`)
			return { status: 401, json: { error: { message: 'Incorrect API key provided' } } };
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
	return { site, asked };
}

function toolCall(request: ChatRequest, { tool, arguments: args }: Exclude<ChatAnswer, string>) {
	const offered = request.tools?.map(({ function: { name } }) => name) ?? [];
	if (!offered.includes(tool)) throw new Error(`unknown tool ${tool}, expected one of ${offered.join(', ')}`);
	return { id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(args) } };
}
