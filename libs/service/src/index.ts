export {
  answerMessages,
  openWhenReachable,
  serveMessages,
  startService,
  ServiceContext,
  type ProcessParts,
  type ServiceJob,
  type ServiceParts,
  type StartedContext,
} from './serve-messages.js';
