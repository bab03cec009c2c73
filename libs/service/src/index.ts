export {
  serveMessages,
  startService,
  ServiceContext,
  type ServiceParts,
  type StartedContext,
} from './serve-messages.js';
