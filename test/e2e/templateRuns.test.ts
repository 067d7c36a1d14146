import { agent } from './templates/runs/agent';
import { askYourCalls } from './templates/runs/askYourCalls';
import { callToPipedrive } from './templates/runs/callToPipedrive';
import { driveToHubSpot } from './templates/runs/driveToHubSpot';
import { meetingToNotion } from './templates/runs/meetingToNotion';
import { nightlyRecovery } from './templates/runs/nightlyRecovery';
import { podcastToGhost } from './templates/runs/podcastToGhost';
import { telegramVoiceNote } from './templates/runs/telegramVoiceNote';
import { whatsAppVoiceNote } from './templates/runs/whatsAppVoiceNote';
import { useTemplateTestbed } from './templates/testbed';

/** Runs every template unchanged in a real n8n instance, with local servers in place of external services. */
const template = useTemplateTestbed();

describe('drive-to-hubspot', () => driveToHubSpot(template));
describe('podcast-to-ghost', () => podcastToGhost(template));
describe('call-to-pipedrive', () => callToPipedrive(template));
describe('nightly-recovery', () => nightlyRecovery(template));
describe('agent', () => agent(template));
describe('ask-your-calls', () => askYourCalls(template));
describe('meeting-to-notion', () => meetingToNotion(template));
describe('telegram-voice-note', () => telegramVoiceNote(template));
describe('whatsapp-voice-note', () => whatsAppVoiceNote(template));
