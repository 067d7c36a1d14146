import type { IExecuteFunctions } from 'n8n-workflow';
import { forEachItem } from '../../../nodes/Transcription/shared/errors';

it('an input item may become any number of items', async () => {
	const context = { getInputData: () => [{ json: {} }, { json: {} }] } as unknown as IExecuteFunctions;
	const made = await forEachItem(context, async () => await Promise.resolve(Array.from({ length: 150_000 }, () => ({ json: {} }))));
	expect(made).toHaveLength(300_000);
});
