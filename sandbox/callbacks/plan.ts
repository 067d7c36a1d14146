import type { Planned } from '../core/faultRegistry';
import type { CallbackFault, Forgery, Oddity } from './faults';

/** The combined effect of all faults on one callback. */
export interface CallbackPlan {
	faults: string[];
	lost: boolean;
	delaySeconds: number;
	copies: number;
	gapSeconds: number;
	forgeries: Forgery[];
	/** How the body of the genuine callback is modified. */
	oddity: Oddity | null;
	/** False if a forgery replaces the genuine callback. */
	genuine: boolean;
	reorder: { group: string; size: number; withinSeconds: number } | null;
}

/** Combines the faults of one callback into a plan. */
export function planCallback(faults: Array<Planned<CallbackFault>>): CallbackPlan {
	const plan: CallbackPlan = {
		faults: faults.map((fault) => `${fault.id} ${fault.kind}`),
		lost: false,
		delaySeconds: 0,
		copies: 1,
		gapSeconds: 0,
		forgeries: [],
		oddity: null,
		genuine: true,
		reorder: null,
	};
	for (const fault of faults) apply(plan, fault);
	return plan;
}

function apply(plan: CallbackPlan, fault: Planned<CallbackFault>): void {
	switch (fault.kind) {
		case 'late':
			plan.delaySeconds += fault.seconds;
			break;
		case 'lost':
			plan.lost = true;
			break;
		case 'doubled':
			plan.copies = Math.max(plan.copies, fault.copies);
			plan.gapSeconds = Math.max(plan.gapSeconds, fault.gapSeconds);
			break;
		case 'reordered':
			plan.reorder = { group: fault.id, size: fault.group, withinSeconds: fault.withinSeconds };
			break;
		case 'oddBody':
			plan.oddity = fault.oddity;
			break;
		case 'forged':
			plan.forgeries.push(fault.forgery);
			plan.genuine &&= fault.genuine === 'after';
			break;
	}
}
