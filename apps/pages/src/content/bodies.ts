import { badRequest, ServiceError, type pages } from '@tributary/contracts';
import { parseStorage, StorageFormatError } from '@tributary/storage-format';
import type { z } from 'zod';

/** The storage of a body that a client sent; anything that isn't storage format is `badRequest` with line and column. */
export function storageOf(body: z.output<typeof pages.Body> | undefined): string {
  if (!body) return '';
  if (body.representation === 'wiki') throw new ServiceError('notImplemented', 'Wiki markup is not supported yet');
  if (body.representation === 'view')
    throw new ServiceError('notImplemented', "Writing in the representation 'view' is not supported yet");
  if (body.representation !== 'storage' && body.representation !== 'editor') {
    throw badRequest(
      `A content can't be written in the representation '${body.representation}': use storage or editor`,
    );
  }
  parseBody(body.value);
  return body.value;
}

export function parseBody(value: string) {
  try {
    return parseStorage(value);
  } catch (error) {
    if (!(error instanceof StorageFormatError)) throw error;
    throw badRequest(
      `Error parsing xhtml: ${error.message} at [row,col {unknown-source}]: [${error.line},${error.column}]`,
    );
  }
}
