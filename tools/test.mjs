/** `npm test`: every layer of tests, or the named ones: `node tools/test.mjs unit scan`. */
import { run } from './lib/bootstrap.mjs';

await run('layers/main.ts');
