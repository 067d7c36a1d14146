import type { Site } from '../internet';
import { schemaMismatches } from '../schemas';

const TOKEN = 'token-of-pipedrive';

/** Data for a Pipedrive credential. */
export const pipedriveCredential = { apiToken: TOKEN };

/** A created activity. */
export interface PipedriveActivity {
	subject: string;
	type: string;
	deal_id?: number;
	done: boolean;
	due_date: string;
	duration: string;
	note: string;
}

/** Pipedrive with these deals. Source: “Activities” in Pipedrive's v2 API reference. */
export function pipedrive(deals: readonly number[]): { site: Site; activities: PipedriveActivity[] } {
	const activities: PipedriveActivity[] = [];
	const site: Site = ({ method, path, query, json }) => {
		if (query.api_token !== TOKEN) return { status: 401, json: { success: false, error: 'unauthorized access' } };
		if (method !== 'POST' || path !== '/api/v2/activities') throw new Error('isn’t mocked');
		const mismatches = schemaMismatches('PipedriveActivity', json);
		if (mismatches.length > 0) throw new Error(mismatches.join('; '));
		const activity = json as PipedriveActivity;
		if (activity.deal_id !== undefined && !deals.includes(activity.deal_id))
			return { status: 400, json: { success: false, error: 'Deal not found' } };
		if (!/^\d{4}-\d\d-\d\d$/.test(activity.due_date)) throw new Error('due_date isn’t YYYY-MM-DD');
		if (!/^\d\d:\d\d$/.test(activity.duration)) throw new Error('duration isn’t HH:MM');
		activities.push(activity);
		return { status: 201, json: { success: true, data: { id: activities.length, ...activity } } };
	};
	return { site, activities };
}
