import { agent } from './templates/runs/agent';
import { callToPipedrive } from './templates/runs/callToPipedrive';
import { driveToHubSpot } from './templates/runs/driveToHubSpot';
import { nightlyRecovery } from './templates/runs/nightlyRecovery';
import { podcastToGhost } from './templates/runs/podcastToGhost';
import { useTemplateTestbed } from './templates/testbed';

/** Runs every template unchanged in a real n8n instance, with local servers in place of external services. */
const template = useTemplateTestbed();

describe('drive-to-hubspot', () => driveToHubSpot(template));
describe('podcast-to-ghost', () => podcastToGhost(template));
describe('call-to-pipedrive', () => callToPipedrive(template));
describe('nightly-recovery', () => nightlyRecovery(template));
describe('agent', () => agent(template));
