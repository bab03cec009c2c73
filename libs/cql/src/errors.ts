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
