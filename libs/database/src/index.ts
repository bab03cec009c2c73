export { DatabaseModule } from './database.module.js';
export { openDatabase, type DatabaseOptions } from './data-source.js';
export { OutboxRelay } from './outbox-relay.js';
export { outboxTable } from './outbox.js';
export { asServiceError, isUniqueViolation } from './errors.js';
export { Reads } from './reads.js';
export { Writes, type Work, type WriteFence, type Pin } from './writes.js';
