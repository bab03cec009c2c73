/** What is wrong with a body, in one word, for callers that choose a message by it. */
export type StorageFormatErrorCode =
  | 'malformed'
  | 'undefined-entity'
  | 'disallowed-character'
  | 'document-type'
  | 'too-deep'
  | 'too-large'
  | 'too-many-nodes'
  | 'too-many-attributes';

/** A body that isn't storage format. `line` and `column` count from 1; the column in UTF-16 units. */
export class StorageFormatError extends Error {
  override readonly name = 'StorageFormatError';

  constructor(
    message: string,
    readonly code: StorageFormatErrorCode,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}
