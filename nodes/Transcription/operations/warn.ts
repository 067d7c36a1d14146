import type { IExecuteFunctions } from 'n8n-workflow';

/** Tells what does not stop the work: in n8n's log, and to whoever looks at the node's output. */
export function warn(context: IExecuteFunctions, message: string): void {
	context.logger.warn(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
