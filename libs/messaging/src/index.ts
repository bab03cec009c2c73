export { connectNats, natsAddress } from './connection.js';
export { MessagingClient, type RawAnswer, type RequestOptions } from './client.js';
export { Handle, MessagingServer, PassErrors, respondError, type RequestContext } from './server.js';
export { MessagingModule } from './messaging.module.js';
export { consumeEvent, ensureEventStream, hearEvents, publishEvent, type EventConsumer } from './events.js';
