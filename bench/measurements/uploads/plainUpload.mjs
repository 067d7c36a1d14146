import { createReadStream, statSync } from 'node:fs';
import { request } from 'node:http';

/** Uploads a file with plain Node code and prints how many seconds it took. */
const [, , file, url] = process.argv;
const startedAt = performance.now();
const outgoing = request(url, { method: 'POST', headers: { 'content-length': statSync(file).size } }, (response) => {
	response.resume().once('end', () => console.log((performance.now() - startedAt) / 1000));
});
createReadStream(file).pipe(outgoing);
