import { badRequest, ServiceError, type pages } from '@tributary/contracts';
import { parseStorage, serialiseStorage, storageOfWiki, StorageFormatError } from '@tributary/storage-format';
import type { z } from 'zod';

/** Characters of a body in wiki markup: reading the worst that can be made of so many takes a second and a half. */
const wikiLengthMax = 200_000;

/** The storage of a body that a client sent, wiki markup converted; anything that isn't storage format is `badRequest` with line and column. */
export function storageOf(body: z.output<typeof pages.Body> | undefined): string {
  if (!body) return '';
  if (body.representation === 'wiki') return storageOfMarkup(body.value);
  if (body.representation === 'view')
    throw new ServiceError('notImplemented', "Writing in the representation 'view' is not supported yet");
  if (body.representation !== 'storage' && body.representation !== 'editor') {
    throw badRequest(
      `A content can't be written in the representation '${body.representation}': use storage, editor or wiki`,
    );
  }
  parseBody(body.value);
  return body.value;
}

/** Every text is wiki markup: what says nothing stays as it is. */
function storageOfMarkup(markup: string): string {
  if (markup.length > wikiLengthMax)
    throw badRequest(`A body in wiki markup has ${wikiLengthMax} characters at most: use storage for longer ones`);
  return serialiseStorage(storageOfWiki(markup));
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
