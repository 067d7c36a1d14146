import { userError } from '../../../nodes/Transcription/core/userError';
import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { ServiceError } from '../../../nodes/Transcription/http/errors';
import { failedItem, toNodeError } from '../../../nodes/Transcription/shared/errors';

const node: INode = {
	id: '1',
	name: 'Submit',
	type: 'transcription',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('toNodeError', () => {
	it('keeps the message and description unchanged and adds the item', () => {
		const error = toNodeError(node, userError('What happened', 'What to do'), 3);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do (Item 3)',
			context: { itemIndex: 3 },
		});
	});

	it.each([400, 401, 404, 429, 500, 503])(
		'keeps the texts of a service error with status %d, although n8n has its own text for it',
		(status) => {
			const error = toNodeError(
				node,
				new ServiceError({ message: 'What happened', description: 'What to do' }, status),
				3,
			);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({
				message: 'What happened',
				description: 'What to do (Item 3)',
				httpCode: String(status),
				context: { itemIndex: 3 },
			});
		},
	);

	it.each([
		['NodeOperationError', new NodeOperationError(node, 'Unchanged')],
		['NodeApiError', new NodeApiError(node, { message: 'Unchanged' })],
	])('adds only the item to a %s', (_name, original) => {
		const { message } = original;
		const error = toNodeError(node, original, 2);
		expect(error).toBe(original);
		expect(error).toMatchObject({ message, context: { itemIndex: 2 } });
	});

	it('does not overwrite the item of an error', () => {
		expect(toNodeError(node, new NodeOperationError(node, 'x', { itemIndex: 1 }), 2).context.itemIndex).toBe(1);
	});

	it('wraps unexpected errors', () => {
		expect(toNodeError(node, new TypeError('undefined is not a function'), 0)).toMatchObject({
			name: 'NodeOperationError',
			message: 'undefined is not a function',
		});
	});
});

describe('failedItem', () => {
	it('has only the keys that n8n recognizes a failed item by', () => {
		expect(failedItem({ message: 'What happened', description: 'What to do' }, 3)).toEqual({
			json: { error: 'What happened', message: 'What to do' },
			pairedItem: { item: 3 },
		});
	});

	it('has no message if the error has no description', () => {
		expect(failedItem({ message: 'What happened', description: null }, 0).json).toEqual({ error: 'What happened' });
	});
});
