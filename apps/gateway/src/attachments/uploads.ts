import { Injectable } from '@nestjs/common';
import { badRequest, ServiceError, unavailable, type attachments, type RequestInputOf } from '@tributary/contracts';
import { newObjectKey, ObjectTooLargeError, type ObjectStore } from '@tributary/object-store';
import busboy from 'busboy';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { GatewayContext } from '../gateway-context.js';

const filesOfRequestMax = 50;
const fieldBytesMax = 16 * 1024;

export interface UploadedFile {
  /** Which of the form's files, counted from 0. */
  readonly part: number;
  readonly fileName: string;
  readonly file: RequestInputOf<typeof attachments.create>['file'];
}

export interface Upload {
  readonly files: UploadedFile[];
  /** The form's other fields; `comment` may stand once for all files or once for each. */
  readonly fields: Map<string, string[]>;
  /** Those of the files that an attachment names by now: their bytes stay whatever happens to the others. */
  readonly recorded: Set<UploadedFile>;
}

/** Takes multipart bodies apart and streams their files into the object store, with the store's speed setting the pace. */
@Injectable()
export class Uploads {
  constructor(private readonly context: GatewayContext) {}

  /** Receives all of a request, and hands it on; what was stored and not recorded is removed again when `use` fails. */
  async receive<T>(request: FastifyRequest, use: (upload: Upload) => Promise<T>): Promise<T> {
    const upload: Upload = { files: [], fields: new Map(), recorded: new Set() };
    try {
      await this.read(request, upload);
      if (upload.files.length === 0) throw badRequest('The form has no file');
      return await use(upload);
    } catch (error) {
      if (isRefusal(error)) {
        const unrecorded = upload.files.filter((file) => !upload.recorded.has(file));
        await Promise.all(unrecorded.map(({ file }) => this.files().delete(file.objectKey)));
      }
      throw error instanceof ObjectTooLargeError
        ? new ServiceError('payloadTooLarge', `A file has at most ${this.context.config.attachmentBytesMax} bytes`)
        : error;
    }
  }

  private async read(request: FastifyRequest, upload: Upload): Promise<void> {
    const form = openForm(request);
    const stored: Promise<void>[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        form.on('file', (_name, bytes, info) => {
          // A form that ends inside a file fails the file at once, maybe before the store listens; the form itself says why.
          bytes.on('error', () => undefined);
          const work = this.store(bytes, info, upload, stored.length);
          work.catch(reject);
          stored.push(work);
        });
        form.on('field', (name, value) => upload.fields.set(name, [...(upload.fields.get(name) ?? []), value]));
        form.on('filesLimit', () => reject(badRequest(`A request has at most ${filesOfRequestMax} files`)));
        form.on('error', (error) => reject(badRequest(`The form can't be read: ${String((error as Error).message)}`)));
        form.on('close', resolve);
        request.raw.on('close', () => {
          if (!request.raw.complete) reject(badRequest('The upload was cut off'));
        });
        request.raw.pipe(form);
      });
    } catch (error) {
      // Ends the files that are still being stored: nothing more of them will come.
      form.destroy();
      throw error;
    } finally {
      request.raw.unpipe(form);
      // The rest is read and forgotten: a client that is still sending would not see why it was refused.
      request.raw.resume();
      // Only then all that was stored is known, and can be taken back.
      await Promise.allSettled(stored);
    }
    await Promise.all(stored);
    // In the form's order, whichever was stored first.
    upload.files.sort((one, other) => one.part - other.part);
  }

  private files(): ObjectStore {
    if (!this.context.files) throw unavailable('No object store is configured');
    return this.context.files;
  }

  private async store(
    bytes: Readable,
    info: { filename?: string; mimeType: string },
    upload: Upload,
    part: number,
  ): Promise<void> {
    if (!info.filename) throw badRequest('A file needs a name');
    const objectKey = newObjectKey();
    const { sizeBytes, sha256 } = await this.files().put(objectKey, bytes, {
      sizeBytesMax: this.context.config.attachmentBytesMax,
    });
    upload.files.push({
      part,
      fileName: info.filename,
      file: { objectKey, sizeBytes, sha256, mediaType: info.mimeType || 'application/octet-stream' },
    });
  }
}

/** After an answer that stayed away, the file may be recorded all the same: then its bytes must stay. */
const isRefusal = (error: unknown): boolean =>
  !(error instanceof ServiceError) || (error.code !== 'unavailable' && error.code !== 'internal');

function openForm(request: FastifyRequest) {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: filesOfRequestMax, fieldSize: fieldBytesMax, fields: 200, fieldNameSize: 200 },
    });
  } catch {
    throw new ServiceError('unsupportedMediaType', 'A multipart form is expected');
  }
}
