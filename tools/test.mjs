/** `npm test`: runs all test suites, or only the named ones: `node tools/test.mjs unit scan`. */
import { run } from './lib/bootstrap.mjs';

await run('suites/main.ts');
