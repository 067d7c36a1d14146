import type { Site } from '../internet';
import { unfit } from '../schemas';

const TOKEN = 'token-of-pipedrive';

/** Data of a Pipedrive credential. */
export const pipedriveCredential = { apiToken: TOKEN };

/** An activity as it was created. */
export interface PipedriveActivity {
	subject: string;
	type: string;
	deal_id?: number;
	done: boolean;
	due_date: string;
	duration: string;
	note: string;
}

/** Pipedrive with these deals. Source: its API reference, v2, Activities. */
export function pipedrive(deals: readonly number[]): { site: Site; activities: PipedriveActivity[] } {
	const activities: PipedriveActivity[] = [];
	const site: Site = ({ method, path, query, json }) => {
		if (query.api_token !== TOKEN) return { status: 401, json: { success: false, error: 'unauthorized access' } };
		if (method !== 'POST' || path !== '/api/v2/activities') throw new Error('is not played');
		const misfits = unfit('PipedriveActivity', json);
		if (misfits.length > 0) throw new Error(misfits.join('; '));
		const activity = json as PipedriveActivity;
		if (activity.deal_id !== undefined && !deals.includes(activity.deal_id)) return { status: 400, json: { success: false, error: 'Deal not found' } };
		if (!/^\d{4}-\d\d-\d\d$/.test(activity.due_date)) throw new Error('due_date is no YYYY-MM-DD');
		if (!/^\d\d:\d\d$/.test(activity.duration)) throw new Error('duration is no HH:MM');
		activities.push(activity);
		return { status: 201, json: { success: true, data: { id: activities.length, ...activity } } };
	};
	return { site, activities };
}
