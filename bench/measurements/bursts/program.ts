import { readFileSync } from 'node:fs';
import { type Burst, send } from './sender';

/** Sends the burst in the file named on the command line, and prints the responses as JSON. */
const burst = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Burst;
void send(burst).then((responses) => console.log(JSON.stringify(responses)));
