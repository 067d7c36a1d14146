import type { Site } from '../internet';
import { unfit } from '../schemas';

const KEY = 'key-of-openai';

/** Data of an OpenAI credential. */
export const openAiCredential = { apiKey: KEY };

interface Message {
	role: string;
	content: unknown;
}

/** What the model is asked. */
export interface ChatRequest {
	messages: Message[];
	tools?: Array<{ function: { name: string } }>;
}

/** What the model says: a text, or the call of a tool. */
export type ChatAnswer = string | { tool: string; arguments: Record<string, unknown> };

/** OpenAI's chat completions, answered by `model`. Source: the API reference, as OpenAI's client carries it. */
export function openAi(model: (request: ChatRequest) => ChatAnswer): { site: Site; asked: ChatRequest[] } {
	const asked: ChatRequest[] = [];
	const site: Site = ({ method, path, headers, json }) => {
		if (headers.authorization !== `Bearer ${KEY}`) return { status: 401, json: { error: { message: 'Incorrect API key provided' } } };
		if (method !== 'POST' || path !== '/v1/chat/completions') throw new Error('is not played');
		const misfits = unfit('OpenAiChatCompletion', json);
		if (misfits.length > 0) throw new Error(misfits.join('; '));
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
				choices: [{ index: 0, message, logprobs: null, finish_reason: typeof answer === 'string' ? 'stop' : 'tool_calls' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			},
		};
	};
	return { site, asked };
}

function toolCall(request: ChatRequest, { tool, arguments: args }: Exclude<ChatAnswer, string>) {
	const offered = request.tools?.map(({ function: { name } }) => name) ?? [];
	if (!offered.includes(tool)) throw new Error(`no tool ${tool}, only ${offered.join(', ')}`);
	return { id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(args) } };
}
