/**
 * Records which events the workflow has received and acknowledged. The record is kept in n8n's own deduplication storage,
 * which survives restarts and is shared by all nodes of the workflow and all processes of n8n.
 */
export { recordAcknowledged } from './claim';
export { withoutForeign, recordForeign } from './lookup';
export { markAsReceiver } from './processes';
export { neverAcknowledged, neverReceived, receivedElsewhere } from './lookup';
export { recordReceived, recordReceivedAgain } from './claim';
export { REMEMBERED_EVENTS } from './store';
export { nodeRunOf, openLedger } from './submitLedger';
