export { DatabaseModule } from './database.module.js';
export { DatabaseWatch } from './database-watch.js';
export { openDatabase, type DatabaseOptions } from './data-source.js';
export { OutboxRelay } from './outbox-relay.js';
export { outboxTable } from './outbox.js';
export { HolderWatch, heldByStore, holderColumns, type Holder } from './holder.js';
export { asServiceError, isUniqueViolation } from './errors.js';
export { Reads } from './reads.js';
export { Writes, type Work, type WriteFence, type Pin } from './writes.js';
