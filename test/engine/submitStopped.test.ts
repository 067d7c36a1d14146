import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { additionalData, aWorkflow } from './harness';
import { useSandbox } from './sandbox';

jest.setTimeout(60_000);

/**
 * Each operation has its own sandbox. In a shared one, a late request from the other operation would interfere, because
 * jobs receive their responses in order.
 */
describe.each(['submit', 'submitAndWait'])('%s', (operation) => {
	const service = useSandbox();

	it('submits nothing more after the execution was stopped, and names the submitted jobs', async () => {
		service.sandbox.jobs.hold('processing');
		const parameters = {
			resource: 'transcription',
			operation,
			...(operation === 'submit' && { callback: 'none' }),
			source: 'url',
			audioUrl: 'http://127.0.0.1/a.wav',
			options: { concurrency: 10 },
		};
		const setup = { ...service.setup(), onError: 'continueRegularOutput' as const };
		const { workflow, node } = aWorkflow('transcription', parameters, setup);
		const items = Array.from({ length: 100 }, () => ({ json: {} }));
		const stop = new AbortController();
		const data = { node, data: { main: [items] }, source: null };
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData(setup),
			'trigger',
			createRunExecutionData(),
			0,
			items,
			{ main: [items] },
			data,
			[],
			stop.signal,
		);
		const log = jest.spyOn(context.logger, 'warn').mockImplementation(() => {});
		const outcome = new Transcription().execute.call(context).then(
			() => undefined,
			(error: Error) => error,
		);
		while (service.sandbox.jobs.list().length < 37) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		const error = await outcome;

		const ids = service.sandbox.jobs.list().map(({ id }) => id);
		expect(ids.length).toBeLessThan(100);
		expect(error?.message).toContain('was stopped');
		for (const id of ids) expect((error as { description?: string }).description).toContain(id);
		for (const id of ids) expect(log.mock.calls.join()).toContain(id);
	});
});
