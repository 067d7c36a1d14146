import { userError } from '../../../nodes/Transcription/core/userError';
import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { ServiceError } from '../../../nodes/Transcription/http/errors';
import { failedItem, toNodeError } from '../../../nodes/Transcription/shared/errors';
const node: INode = { id: '1', name: 'Submit', type: 'transcription', typeVersion: 1, position: [0, 0], parameters: {} };

describe('toNodeError', () => {
	it('keeps both halves of an explanation, word for word, and names the item', () => {
		const error = toNodeError(node, userError('What happened', 'What to do'), 3);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'What happened', description: 'What to do (Item 3)', context: { itemIndex: 3 } });
	});

	it.each([400, 401, 404, 429, 500, 503])('keeps the words of a service’s refusal, where n8n has its own for %d', (status) => {
		const error = toNodeError(node, new ServiceError({ message: 'What happened', description: 'What to do' }, status), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do (Item 3)',
			httpCode: String(status),
			context: { itemIndex: 3 },
		});
	});

	it.each([
		['NodeOperationError', new NodeOperationError(node, 'As it was')],
		['NodeApiError', new NodeApiError(node, { message: 'As it was' })],
	])('adds no more than the item to a %s', (_name, given) => {
		const { message } = given;
		const error = toNodeError(node, given, 2);
		expect(error).toBe(given);
		expect(error).toMatchObject({ message, context: { itemIndex: 2 } });
	});

	it('does not overwrite the item an error already names', () => {
		expect(toNodeError(node, new NodeOperationError(node, 'x', { itemIndex: 1 }), 2).context.itemIndex).toBe(1);
	});

	it('wraps what nobody expected', () => {
		expect(toNodeError(node, new TypeError('undefined is not a function'), 0)).toMatchObject({
			name: 'NodeOperationError',
			message: 'undefined is not a function',
		});
	});
});

describe('failedItem', () => {
	it('has only the keys with which n8n recognises a failed item', () => {
		expect(failedItem({ message: 'What happened', description: 'What to do' }, 3)).toEqual({
			json: { error: 'What happened', message: 'What to do' },
			pairedItem: { item: 3 },
		});
	});

	it('has no message where there is nothing more to say', () => {
		expect(failedItem({ message: 'What happened', description: null }, 0).json).toEqual({ error: 'What happened' });
	});
});
