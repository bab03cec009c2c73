export { connectNats, natsAddress } from './connection.js';
export { MessagingClient, type RawAnswer, type RequestOptions } from './client.js';
export { Handle, MessagingServer, PassErrors, type RequestContext } from './server.js';
export { MessagingModule } from './messaging.module.js';
export { consumeEvents, ensureEventStream, publishEvent, type EventConsumer, type ReceivedEvent } from './events.js';
