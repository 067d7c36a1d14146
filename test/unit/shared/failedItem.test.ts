import type { IExecuteFunctions } from 'n8n-workflow';
import { forEachItem } from '../../../nodes/Transcription/shared/errors';

it('returns any number of output items per input item', async () => {
	const context = { getInputData: () => [{ json: {} }, { json: {} }] } as unknown as IExecuteFunctions;
	const output = await forEachItem(
		context,
		async () => await Promise.resolve(Array.from({ length: 150_000 }, () => ({ json: {} }))),
	);
	expect(output).toHaveLength(300_000);
});
