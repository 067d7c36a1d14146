import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
}

/** A language model that calls its first tool with fixed arguments, and then repeats the tool's last result. */
export interface LanguageModel {
	/** The base URL for OpenAI API clients. */
	url: string;
	close(): Promise<void>;
}

/** @param turns the number of calls in each turn before the final response */
export async function startLanguageModel(
	toolArguments: object,
	turns: readonly number[] = [1],
): Promise<LanguageModel> {
	const server = createServer((request, response) => {
		void chatRequest(request).then(({ messages, tools }) => {
			const turn = turnAfter(messages.filter(({ role }) => role === 'tool').length, turns);
			const calls = Array.from({ length: turns[turn] ?? 0 }, (_, call) =>
				toolCall(`call-${turn}-${call}`, tools?.[0]?.function.name, toolArguments),
			);
			const message =
				calls.length > 0
					? { role: 'assistant', content: null, tool_calls: calls }
					: { role: 'assistant', content: String(messages.at(-1)?.content) };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'chat',
					object: 'chat.completion',
					created: 1,
					model: 'stand-in',
					choices: [{ index: 0, message, finish_reason: message.content === null ? 'tool_calls' : 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Counts tool results, because version 3 of the agent creates a separate assistant message for each call. */
function turnAfter(answers: number, turns: readonly number[]): number {
	let turn = 0;
	for (let left = answers; left > 0; turn++) left -= turns[turn] ?? left;
	return turn;
}

function toolCall(id: string, name: string | undefined, toolArguments: object) {
	return { id, type: 'function', function: { name, arguments: JSON.stringify(toolArguments) } };
}

async function chatRequest(request: IncomingMessage): Promise<ChatRequest> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return JSON.parse(body) as ChatRequest;
}
