import {
	explainNetwork,
	explainSigned,
	explainStatus,
	explainUncertain,
	networkCodeOf,
} from '../../../nodes/Transcription/http/errors';

describe('explainStatus', () => {
	it.each([
		[301, 'responded with a redirect', 'Base URL'],
		[401, 'didn’t accept the API key', 'credential'],
		[402, 'out of credits', 'Top up'],
		[403, 'doesn’t allow this API key', 'permission'],
		[404, 'wasn’t found', 'Check that the ID'],
		[409, 'another operation is in progress', 'Wait until'],
		[413, 'larger than', 'submit its URL instead'],
		[429, 'too many requests', 'Send fewer'],
		[500, 'status 500', 'Try again later'],
		[503, 'status 503', 'Try again later'],
		[418, 'status 418', 'parameters'],
	])('explains status %d and how to fix it', (status, happened, toDo) => {
		const { message, description } = explainStatus('AssemblyAI', status, '');
		expect(message).toContain('AssemblyAI');
		expect(message).toContain(happened);
		expect(description).toContain(toDo);
	});

	it.each([301, 400, 401, 402, 403, 404, 413, 429, 500])('quotes the service’s message for status %d', (status) => {
		expect(explainStatus('AssemblyAI', status, 'its message').description).toContain('AssemblyAI says: its message');
	});

	it('explains how to fix other client errors', () => {
		expect(explainStatus('AssemblyAI', 422, 'language: unknown').description).toBe(
			'Check the parameters of this node. AssemblyAI says: language: unknown',
		);
	});

	it('reports the delay that the service requests', () => {
		expect(explainStatus('AssemblyAI', 429, '', '30').description).toContain('30 seconds');
	});
});

describe('explainNetwork', () => {
	it('names the service, the code, and what to check', () => {
		const { message, description } = explainNetwork('AssemblyAI', 'ENOTFOUND');
		// n8n replaces a message that contains a code.
		expect(message).toBe('AssemblyAI couldn’t be reached');
		expect(description).toMatch(/Base URL[^]*ENOTFOUND/);
	});
});

describe('explainSigned', () => {
	it('suggests trying again with a new link', () => {
		expect(explainSigned('Scriptix', 403, '')).toMatchObject({
			message: expect.stringContaining('Scriptix’s file storage'),
			description: expect.stringContaining('Try again'),
		});
	});

	it('explains a file that is too large like the service itself', () => {
		expect(explainSigned('Scriptix', 413, '')).toEqual(explainStatus('Scriptix', 413, ''));
	});
});

describe('explainUncertain', () => {
	it('explains the uncertainty and the cause, and warns about paying twice', () => {
		const { message, description } = explainUncertain('AssemblyAI', 'The connection failed with ECONNRESET.');
		expect(message).toContain('AssemblyAI may or may not have accepted');
		expect(description).toMatch(/before you submit the recording again[^]*ECONNRESET/);
	});
});

describe('networkCodeOf', () => {
	it.each([
		['the error’s own code', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
		['a cause', new Error('x', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
		['a message', new Error('connect ETIMEDOUT 10.0.0.1:443'), 'ETIMEDOUT'],
		['the list of messages that n8n keeps', { messages: ['read ECONNRESET'] }, 'ECONNRESET'],
		['a socket that hung up', new Error('socket hang up'), 'ECONNRESET'],
		['a certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	])('finds the code in %s', (_where, error, code) => {
		expect(networkCodeOf(error)).toBe(code);
	});

	it.each([new Error('Credentials could not be decrypted'), { statusCode: 500 }, undefined, null, 12, 'text'])(
		'finds no code in %p',
		(error) => {
			expect(networkCodeOf(error)).toBeUndefined();
		},
	);

	it('terminates for an error that is its own cause', () => {
		const error = new Error('x');
		error.cause = error;
		expect(networkCodeOf(error)).toBeUndefined();
	});
});
