import type { Approach } from './approach';
import { ACCOUNTS, createApproach, type ApproachName } from './approaches';
import { openTestbed, type Testbed } from './testbed';

/** A testbed with all approaches published. */
export interface ComparisonTestbed extends Testbed {
	approaches: Record<ApproachName, Approach>;
}

export async function openComparisonTestbed(tarball: string, say: (line: string) => void): Promise<ComparisonTestbed> {
	const testbed = await openTestbed(tarball, Object.values(ACCOUNTS), say);
	try {
		const approaches = {
			polling: await createApproach(testbed, 'polling'),
			trigger: await createApproach(testbed, 'trigger'),
			wait: await createApproach(testbed, 'wait'),
			pausedAtOnce: await createApproach(testbed, 'pausedAtOnce'),
		};
		return { ...testbed, approaches };
	} catch (error) {
		await testbed.close();
		throw error;
	}
}
