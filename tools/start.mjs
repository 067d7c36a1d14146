/** `npm start`: runs the demo in a real n8n and leaves n8n running; `npm start -- --once` exits after the demo. */
import { run } from './lib/bootstrap.mjs';

await run('demo/main.ts');
