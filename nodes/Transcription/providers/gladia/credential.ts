import type { INodeProperties } from 'n8n-workflow';

/** The API doesn't tell whether an account has zero data retention, so users are told before they submit anything. */
export const RETENTION_NOTICE: INodeProperties = {
	displayName:
		'Accounts with zero data retention aren’t supported, because Gladia then keeps no transcripts that can be fetched',
	name: 'retentionNotice',
	type: 'notice',
	default: '',
};
