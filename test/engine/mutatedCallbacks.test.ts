import { makeCase } from '../../tools/fuzz/cases';
import { Chance } from '../../tools/fuzz/chance';
import { genuineSubjects } from '../../tools/fuzz/genuine';
import { asItArrives, post } from '../../tools/fuzz/overHttp';
import type { Subject } from '../../tools/fuzz/subject';
import { startTrigger } from './triggerEndpoint';

const SEED = 3;
const EACH = 60;

jest.setTimeout(120_000);

/** Mutated deliveries as received over HTTP, and whether their proof is valid. */
function mutated(subject: Subject) {
	const cases = Array.from({ length: EACH }, (_, index) => makeCase(subject, new Chance(SEED, index)));
	return cases
		// The trigger uses its own secrets and scope.
		.filter(({ proof }) => proof === subject.proof)
		.flatMap(({ delivery, mustBeAccepted, steps }) => {
			const arrives = asItArrives(delivery);
			if (!arrives) return [];
			const proven = mustBeAccepted || subject.kind.isIntact(arrives, subject.genuine, subject.proof.nowSeconds);
			return [{ arrives, proven, what: `${subject.name}: ${steps.join('; ')}` }];
		});
}

it('responds to mutated callbacks with 401 and starts nothing unless their proof is valid', async () => {
	const complaints: string[] = [];
	const counts = { refused: 0, accepted: 0 };
	for (const subject of await genuineSubjects()) {
		// This n8n instance doesn't have the secret that a service issued to another one.
		if (subject.proof.issuedSecret !== undefined) continue;
		const { provider, workflowId, credential } = subject.trigger;
		const endpoint = await startTrigger(
			{ provider, fetchTranscript: false },
			{ baseUrl: 'http://127.0.0.1:9', credential, workflowId, mode: 'manual' },
		);
		const url = `${endpoint.base}/${workflowId}/${provider}`;
		expect(await post(url, subject.genuine)).toBe(200);
		for (const { arrives, proven, what } of mutated(subject)) {
			const status = await post(url, arrives);
			const returned = endpoint.returned.at(-1) ?? {};
			if (status !== (proven ? 200 : 401)) complaints.push(`${what}: answered with ${status}`);
			if ('thrown' in returned) complaints.push(`${what}: threw ${String(returned.thrown)}`);
			if (!proven && 'workflowData' in returned) complaints.push(`${what}: started an execution`);
			counts[proven ? 'accepted' : 'refused']++;
		}
		const results = await Promise.all(endpoint.executions);
		complaints.push(...results.flatMap(({ error }) => (error ? [`${subject.name}: an execution failed: ${error.message}`] : [])));
		await endpoint.close();
	}
	expect(complaints).toEqual([]);
	expect(counts.refused).toBeGreaterThan(200);
	expect(counts.accepted).toBeGreaterThan(100);
});
