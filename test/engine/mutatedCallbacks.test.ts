import { makeCase } from '../../tools/fuzz/cases';
import { FuzzRandom } from '../../tools/fuzz/random';
import { genuineTargets } from '../../tools/fuzz/genuine';
import { afterHttp, post } from '../../tools/fuzz/httpDelivery';
import type { FuzzTarget } from '../../tools/fuzz/target';
import { startTrigger } from './triggerEndpoint';

const SEED = 3;
const EACH = 60;

jest.setTimeout(120_000);

/** Mutated deliveries as they arrive over HTTP, and whether their proof is intact. */
function mutated(target: FuzzTarget) {
	const cases = Array.from({ length: EACH }, (_, index) => makeCase(target, new FuzzRandom(SEED, index)));
	return (
		cases
			// The trigger verifies with its own context, so mutations of the context don't apply.
			.filter(({ proof }) => proof === target.proof)
			.flatMap(({ delivery, mustBeAccepted, steps }) => {
				const arrives = afterHttp(delivery);
				if (!arrives) return [];
				const proven = mustBeAccepted || target.kind.isIntact(arrives, target.genuine, target.proof.nowSeconds);
				return [{ arrives, proven, what: `${target.name}: ${steps.join('; ')}` }];
			})
	);
}

it('responds to mutated callbacks with 401 and starts nothing unless their proof is valid', async () => {
	const complaints: string[] = [];
	const counts = { refused: 0, accepted: 0 };
	for (const target of await genuineTargets()) {
		// This n8n instance doesn't have a secret that a service issued to a different instance.
		if (target.proof.issuedSecret !== undefined) continue;
		const { provider, workflowId, credential } = target.trigger;
		const endpoint = await startTrigger(
			{ provider, fetchTranscript: false },
			{ baseUrl: 'http://127.0.0.1:9', credential, workflowId, mode: 'manual' },
		);
		const url = `${endpoint.base}/${workflowId}/${provider}`;
		expect(await post(url, target.genuine)).toBe(200);
		for (const { arrives, proven, what } of mutated(target)) {
			const status = await post(url, arrives);
			const returned = endpoint.returned.at(-1) ?? {};
			if (status !== (proven ? 200 : 401)) complaints.push(`${what}: answered with ${status}`);
			if ('thrown' in returned) complaints.push(`${what}: threw ${String(returned.thrown)}`);
			if (!proven && 'workflowData' in returned) complaints.push(`${what}: started an execution`);
			counts[proven ? 'accepted' : 'refused']++;
		}
		const results = await Promise.all(endpoint.executions);
		complaints.push(
			...results.flatMap(({ error }) => (error ? [`${target.name}: an execution failed: ${error.message}`] : [])),
		);
		await endpoint.close();
	}
	expect(complaints).toEqual([]);
	expect(counts.refused).toBeGreaterThan(200);
	expect(counts.accepted).toBeGreaterThan(100);
});
