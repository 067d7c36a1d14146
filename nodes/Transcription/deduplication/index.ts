
/**
 * What this workflow received and acknowledged, in n8n's own record, which survives restarts and is shared by all of
 * the workflow's nodes and by all processes of n8n.
 */
export { recordAcknowledged } from './claim';
export { withoutForeign, recordForeign } from './lookup';
export { markAsReceiver } from './processes';
export { neverAcknowledged, neverReceived, receivedElsewhere } from './lookup';
export { recordReceived, recordReceivedAgain } from './claim';
export { REMEMBERED_EVENTS } from './store';
export { nodeRunOf, openLedger } from './submitLedger';
