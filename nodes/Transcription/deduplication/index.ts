/**
 * Records which events the workflow has received and acknowledged. The record is kept in n8n's own deduplication storage,
 * which survives restarts and is shared by all nodes of the workflow and all processes of n8n.
 */
export { recordAcknowledged, recordReceived, recordReceivedAgain } from './claim';
export { neverAcknowledged, neverReceived, receivedElsewhere, recordForeign, withoutForeign } from './lookup';
export { markAsReceiver } from './processes';
export { REMEMBERED_EVENTS } from './store';
export { nodeRunOf, openLedger } from './submitLedger';
