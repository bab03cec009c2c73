/** CQL that is right and that can't be run yet. */
export class CqlNotSupportedError extends Error {
  override readonly name = 'CqlNotSupportedError';

  constructor(
    what: string,
    readonly token: string,
    readonly position: number,
  ) {
    super(`This cql is not supported yet : ${what} at '${token}' (position ${position})`);
  }
}

/** CQL that can't be read or run; `token` and `position` (from 1, in characters) say where. */
export class CqlError extends Error {
  override readonly name = 'CqlError';

  constructor(
    problem: string,
    readonly token: string,
    readonly position: number,
  ) {
    super(`Could not parse cql : ${problem} at '${token}' (position ${position})`);
  }
}
