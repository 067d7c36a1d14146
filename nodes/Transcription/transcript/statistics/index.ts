export { type Conversation, conversationIn } from './conversation';
export { type Statistics, statisticsOf } from './statistics';
