import type { Sandbox } from '../../sandbox';
import type { N8nClient } from '../n8n';
import type { Crm } from './crm';
import type { KillableN8n } from './n8nInstance';
import type { CampaignOptions } from './options';
import type { Pipeline } from './workflow';

/** State shared by all parts of a campaign. */
export interface CampaignContext {
	options: CampaignOptions;
	sandbox: Sandbox;
	crm: Crm;
	n8nInstance: KillableN8n;
	client: N8nClient;
	pipelines: readonly Pipeline[];
	/** Job IDs in n8n's Data Tables. */
	keptIds(): Promise<ReadonlySet<string>>;
	say(line: string): void;
}
