import { z } from 'zod';
import { parseResponse } from '../../../nodes/Transcription/http/response';

const schema = z.object({ job: z.object({ id: z.string() }) });

describe('parseResponse', () => {
	it('returns the response in the expected shape', () => {
		expect(parseResponse('AssemblyAI', schema, { job: { id: 'a', more: 1 } })).toEqual({ job: { id: 'a' } });
	});

	it('names the service and the field that differs', () => {
		expect(() => parseResponse('AssemblyAI', schema, { job: { id: 7 } })).toThrow(
			expect.objectContaining({
				explanation: {
					message: 'AssemblyAI sent a response that this node can’t read',
					description: expect.stringContaining('“job.id”'),
				},
			}),
		);
	});

	it('quotes an error in place of the expected response', () => {
		expect(() => parseResponse('AssemblyAI', schema, { error: { message: 'Region is down' } })).toThrow(
			expect.objectContaining({
				explanation: expect.objectContaining({
					description: expect.stringContaining('AssemblyAI says: Region is down'),
				}),
			}),
		);
	});
});
