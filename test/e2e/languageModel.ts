import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
}

/** A language model that calls the first tool it is offered with fixed arguments, and then repeats what the tool said. */
export interface LanguageModel {
	/** Base URL for OpenAI's protocol. */
	url: string;
	close(): Promise<void>;
}

export async function startLanguageModel(toolArguments: object): Promise<LanguageModel> {
	const server = createServer((request, response) => {
		void chatRequest(request).then(({ messages, tools }) => {
			const last = messages.at(-1);
			const message =
				last?.role === 'tool'
					? { role: 'assistant', content: String(last.content) }
					: { role: 'assistant', content: null, tool_calls: [toolCall(tools?.[0]?.function.name, toolArguments)] };
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

function toolCall(name: string | undefined, toolArguments: object) {
	return { id: 'call', type: 'function', function: { name, arguments: JSON.stringify(toolArguments) } };
}

async function chatRequest(request: IncomingMessage): Promise<ChatRequest> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return JSON.parse(body) as ChatRequest;
}
