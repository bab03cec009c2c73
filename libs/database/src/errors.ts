import { ServiceError, unavailable } from '@tributary/contracts';
import { QueryFailedError } from 'typeorm';

const codeOf = (error: unknown): string | undefined => {
  const source: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof source === 'object' && source !== null && 'code' in source && typeof source.code === 'string'
    ? source.code
    : undefined;
};

/** Whether a write failed because a unique index holds the value already; `index` narrows it to one. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  if (codeOf(error) !== '23505') return false;
  const driverError: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return index === undefined || (driverError as { constraint?: string }).constraint === index;
}

// Class 08: connection, 57: the server ends sessions or starts up, 53: out of resources, 25P0x: time limits of transactions.
const awayCodes = /^(08|57|53|25P0|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;
const awayMessages =
  /timeout exceeded when trying to connect|Connection terminated|connection timeout|Query read timeout|not queryable|Driver not Connected/i;

/**
 * What a failed database call means to the caller: `unavailable` when the database is away or stopped the statement for its
 * time limit, `conflict` when two writers met (the caller may try again), else the error as it was.
 */
export function asServiceError(error: unknown): unknown {
  if (error instanceof ServiceError) return error;
  const code = codeOf(error) ?? '';
  if (code === '40001' || code === '40P01') {
    return new ServiceError('conflict', 'Another change happened at the same time. Please try again', [], {
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : '';
  if (awayCodes.test(code) || awayMessages.test(message)) return unavailable('The database is not available', error);
  return error;
}
