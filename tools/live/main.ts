import { progressLogger, runCommandLine } from '../lib/cli';
import { checkAll } from './live';
import { readOptions } from './options';

/** `npm run test:live`; see docs/live-check.md. */
runCommandLine(async () => {
	const options = readOptions(process.argv.slice(2), process.env);
	if (typeof options === 'string') return console.log(options);
	const interrupt = new AbortController();
	const { say } = progressLogger();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		// A second signal ends the process immediately, as usual.
		process.once(signal, () => {
			say('interrupted: deleting what was created. Interrupt again to stop without deleting it.');
			interrupt.abort(new Error('interrupted'));
		});
	}
	if (!(await checkAll(options, interrupt.signal, say))) process.exitCode = 1;
});
