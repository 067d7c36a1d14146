/**
 * What this workflow received and acknowledged, in n8n's own record, which survives restarts and is shared by all of
 * the workflow's nodes and by all processes of n8n.
 */
export { recordAcknowledged } from './acknowledged';
export { notForeign, recordForeign } from './foreign';
export { noteReceiver } from './processes';
export { neverAcknowledged, neverReceived, receivedElsewhere } from './questions';
export { recordReceived, recordReceivedAgain } from './received';
export { REMEMBERED_EVENTS } from './row';
export { nodeRunOf, openLedger } from './submitLedger';
