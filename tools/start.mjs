/** `npm start`: the package at work in a real n8n; `npm start -- --once` ends after the demonstration. */
import { run } from './lib/bootstrap.mjs';

await run('demo/main.ts');
