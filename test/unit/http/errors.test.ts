import { explainNetwork, explainSigned, explainStatus, explainUncertain, networkCodeOf } from '../../../nodes/Transcription/http/errors';

describe('explainStatus', () => {
	it.each([
		[301, 'answered with a redirect', 'base URL'],
		[401, 'did not accept the API key', 'credential'],
		[402, 'no credit left', 'Top up'],
		[403, 'does not allow this API key', 'permission'],
		[404, 'found nothing there', 'Check the ID'],
		[409, 'under way', 'Wait until'],
		[413, 'larger than', 'submit its URL instead'],
		[429, 'too many requests', 'Send fewer'],
		[500, 'status 500', 'Try again later'],
		[503, 'status 503', 'Try again later'],
		[418, 'status 418', 'parameters'],
	])('says for %d what happened and what to do', (status, happened, toDo) => {
		const { message, description } = explainStatus('AssemblyAI', status, '');
		expect(message).toContain('AssemblyAI');
		expect(message).toContain(happened);
		expect(description).toContain(toDo);
	});

	it.each([301, 400, 401, 402, 403, 404, 413, 429, 500])('repeats the service’s own words at %d', (status) => {
		expect(explainStatus('AssemblyAI', status, 'its own words').description).toContain('AssemblyAI says: its own words');
	});

	it('says what to do also where only the service knows what is wrong', () => {
		expect(explainStatus('AssemblyAI', 422, 'language: unknown').description).toBe(
			'Check the parameters of this node. AssemblyAI says: language: unknown',
		);
	});

	it('tells how long the service asks to wait', () => {
		expect(explainStatus('AssemblyAI', 429, '', '30').description).toContain('30 seconds');
	});
});

describe('explainNetwork', () => {
	it('names the service, the code and what to check', () => {
		const { message, description } = explainNetwork('AssemblyAI', 'ENOTFOUND');
		// n8n would replace a message that contains a code.
		expect(message).toBe('AssemblyAI could not be reached');
		expect(description).toMatch(/base URL[^]*ENOTFOUND/);
	});
});

describe('explainSigned', () => {
	it('advises to run it again, since the link is made anew', () => {
		expect(explainSigned('Scriptix', 403, '')).toMatchObject({
			message: expect.stringContaining('storage of Scriptix'),
			description: expect.stringContaining('Run this again'),
		});
	});

	it('says of a file that is too large what to do with it', () => {
		expect(explainSigned('Scriptix', 413, '')).toEqual(explainStatus('Scriptix', 413, ''));
	});
});

describe('explainUncertain', () => {
	it('says what is not known, how it ended, and to look before paying twice', () => {
		const { message, description } = explainUncertain('AssemblyAI', 'The connection ended with ECONNRESET.');
		expect(message).toContain('AssemblyAI may or may not have accepted');
		expect(description).toMatch(/before you submit the recording again[^]*ECONNRESET/);
	});
});

describe('networkCodeOf', () => {
	it.each([
		['a code of its own', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
		['a cause', new Error('x', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
		['a message', new Error('connect ETIMEDOUT 10.0.0.1:443'), 'ETIMEDOUT'],
		['the list of messages that n8n keeps', { messages: ['read ECONNRESET'] }, 'ECONNRESET'],
		['a socket that hung up', new Error('socket hang up'), 'ECONNRESET'],
		['a certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	])('finds it in %s', (_where, error, code) => {
		expect(networkCodeOf(error)).toBe(code);
	});

	it.each([new Error('Credentials could not be decrypted'), { statusCode: 500 }, undefined, null, 12, 'text'])(
		'finds none in %p',
		(error) => {
			expect(networkCodeOf(error)).toBeUndefined();
		},
	);

	it('comes to an end with an error that is its own cause', () => {
		const error = new Error('x');
		error.cause = error;
		expect(networkCodeOf(error)).toBeUndefined();
	});
});
