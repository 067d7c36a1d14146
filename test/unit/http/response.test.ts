import { z } from 'zod';
import { parseResponse } from '../../../nodes/Transcription/http/response';

const schema = z.object({ job: z.object({ id: z.string() }) });

describe('readAnswer', () => {
	it('gives the answer in the expected shape', () => {
		expect(parseResponse('AssemblyAI', schema, { job: { id: 'a', more: 1 } })).toEqual({ job: { id: 'a' } });
	});

	it('names the service and the field that differs', () => {
		expect(() => parseResponse('AssemblyAI', schema, { job: { id: 7 } })).toThrow(
			expect.objectContaining({
				explanation: {
					message: 'AssemblyAI sent an answer that this node does not understand',
					description: expect.stringContaining('“job.id”'),
				},
			}),
		);
	});

	it('repeats an error that came in place of the answer', () => {
		expect(() => parseResponse('AssemblyAI', schema, { error: { message: 'Region is down' } })).toThrow(
			expect.objectContaining({ explanation: expect.objectContaining({ description: expect.stringContaining('AssemblyAI says: Region is down') }) }),
		);
	});
});
