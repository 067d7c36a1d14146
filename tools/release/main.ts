import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { problemsOf } from './problems';

/** `npx tsx tools/release/main.ts v0.1.0`: checks whether a tag's version can be published. */
const [tag = ''] = process.argv.slice(2);
const problems = problemsOf({ tag, version, changelog: readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8') });
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${version} can be published`);
process.exitCode = problems.length === 0 ? 0 : 1;
