import { Injectable } from '@nestjs/common';
import { attachments, badRequest, conflict, notFound, refused, tags, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes, type Work } from '@tributary/database';
import { ServiceContext } from '@tributary/service';
import { openObjectStore, type ObjectStore } from '@tributary/object-store';
import { findById, findByName, unnamedObjects, type AttachmentRow } from './attachment-rows.js';
import { ContainerAccess, noContent } from './container-access.js';
import { copyFiles } from './copied-files.js';

type File = RequestOf<typeof attachments.create>['file'];

const sameName = (name: string) =>
  refused('fileNameTaken', `Cannot add a new attachment with same file name as an existing attachment: ${name}`, name);

/** Adds, changes and removes attachments. Bytes are written before their row and removed after it, so a row always has its bytes. */
@Injectable()
export class AttachmentWriter {
  private readonly store: ObjectStore | undefined;

  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly access: ContainerAccess,
    context: ServiceContext,
  ) {
    this.store = context.config.objectStore ? openObjectStore(context.config.objectStore) : undefined;
  }

  async create(request: RequestOf<typeof attachments.create>): Promise<string> {
    const { actor, containerId, fileName, allowDuplicated } = request;
    await this.access.requireAttach(actor, containerId);
    return this.refuseSameName(fileName, () =>
      this.writes.run(async (work) => {
        const present = await findByName(work, containerId, fileName);
        if (present && !allowDuplicated) throw sameName(fileName);
        const id = present ? await this.nextVersion(work, present.id, request) : await insert(work, request);
        tell(work, containerId, id);
        return id;
      }),
    );
  }

  async addVersion(request: RequestOf<typeof attachments.addVersion>): Promise<void> {
    const { actor, containerId, attachmentId } = request;
    await this.access.requireAttach(actor, containerId);
    await this.writes.run(async (work) => {
      await requireIn(work, containerId, attachmentId);
      await this.nextVersion(work, attachmentId, request);
      tell(work, containerId, attachmentId);
    });
  }

  /** The copies name the same bytes, which go with the last row that names them. */
  async copyAll({ actor, fromId, toId }: RequestOf<typeof attachments.copyAll>): Promise<void> {
    await this.access.requireRead(actor, fromId);
    await this.access.requireAttach(actor, toId);
    await this.writes.run(async (work) => {
      for (const id of await copyFiles(work, fromId, toId, actor.userKey)) tell(work, toId, id);
    });
  }

  async update(request: RequestOf<typeof attachments.update>): Promise<string> {
    const { actor, containerId, attachmentId, version } = request;
    const target = request.newContainerId ?? containerId;
    await this.access.requireAttach(actor, containerId);
    if (target !== containerId) await this.access.requireAttach(actor, target);
    const fileName = request.fileName ?? '';
    await this.refuseSameName(fileName, () =>
      this.writes.run(async (work) => {
        const row = await requireIn(work, containerId, attachmentId);
        // Clients send the current version when they only rename, and the next one when they edit.
        if (version !== undefined && version !== row.version && version !== row.version + 1) {
          throw conflict(`Version must be incremented on update. Current version is: ${row.version}`);
        }
        await work.query(`update attachment set file_name = coalesce($2, file_name), container_id = $3 where id = $1`, [
          attachmentId,
          request.fileName ?? null,
          target,
        ]);
        await work.query(
          `update attachment_version set media_type = coalesce($3, media_type), comment = coalesce($4, comment) where attachment_id = $1 and number = $2`,
          [attachmentId, row.version, request.mediaType ?? null, request.comment ?? null],
        );
        tell(work, containerId, attachmentId);
        if (target !== containerId) tell(work, target, attachmentId);
      }),
    );
    return target;
  }

  /** To the trash; with `purge` or an old version for good. */
  async remove(request: RequestOf<typeof attachments.remove>): Promise<void> {
    const { actor, attachmentId, version, purge, containerId } = request;
    const row = await findById(this.reads, attachmentId);
    if (!row || (containerId ?? row.containerId) !== row.containerId) throw noContent(`att${attachmentId}`);
    await this.access.requireRemove(actor, row.containerId, row.createdBy, `att${attachmentId}`);
    const keys = await this.writes.run(async (work) => {
      const locked = await requireIn(work, row.containerId, attachmentId, purge ? 'trashed' : 'current');
      tell(work, row.containerId, attachmentId);
      if (version !== undefined) return removeVersion(work, locked, version);
      if (purge) return removeAll(work, [attachmentId]);
      await work.query(`update attachment set status = 'trashed' where id = $1`, [attachmentId]);
      return [];
    });
    await this.removeObjects(keys);
  }

  /** Removes all that hangs on contents that are gone for good. */
  async removeOfContainers(containerIds: readonly string[]): Promise<void> {
    const keys = await this.writes.run(async (work) => {
      const rows = await work.query<{ id: string; containerId: string }>(
        `select id, container_id as "containerId" from attachment where container_id = any($1::bigint[]) for update`,
        [containerIds],
      );
      for (const { id, containerId } of rows) tell(work, containerId, id);
      return removeAll(
        work,
        rows.map((row) => row.id),
      );
    });
    await this.removeObjects(keys);
  }

  private async nextVersion(
    work: Work,
    id: string,
    request: { actor: { userKey: string | null }; file: File; comment: string; minorEdit: boolean },
  ): Promise<string> {
    await work.query(`select 1 from attachment where id = $1 for update`, [id]);
    const [row] = await work.query<{ version: number }>(
      `update attachment set version = version + 1 where id = $1 returning version`,
      [id],
    );
    if (!row) throw noContent(`att${id}`);
    await insertVersion(work, id, row.version, request);
    return id;
  }

  private async removeObjects(keys: readonly string[]): Promise<void> {
    if (!this.store || keys.length === 0) return;
    for (const key of await unnamedObjects(this.reads, keys)) await this.store.delete(key);
  }

  private async refuseSameName<T>(fileName: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw isUniqueViolation(error, 'attachment_name') ? sameName(fileName) : error;
    }
  }
}

async function requireIn(
  work: Work,
  containerId: string,
  attachmentId: string,
  status: AttachmentRow['status'] = 'current',
): Promise<AttachmentRow> {
  const row = await findById(work, attachmentId, true);
  if (!row || row.containerId !== containerId || row.status !== status)
    throw notFound(`No attachment found with id : att${attachmentId}`);
  return row;
}

async function insert(work: Work, request: RequestOf<typeof attachments.create>): Promise<string> {
  const [row] = await work.query<{ id: string }>(
    `insert into attachment (container_id, file_name, created_by) values ($1, $2, $3) returning id`,
    [request.containerId, request.fileName, request.actor.userKey],
  );
  if (!row) throw new Error('The insert answered no id');
  await insertVersion(work, row.id, 1, request);
  return row.id;
}

async function insertVersion(
  work: Work,
  id: string,
  number: number,
  {
    actor,
    file,
    comment,
    minorEdit,
  }: { actor: { userKey: string | null }; file: File; comment: string; minorEdit: boolean },
): Promise<void> {
  await work.query(
    `insert into attachment_version (attachment_id, number, object_key, size_bytes, sha256, media_type, comment, minor_edit, changed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, number, file.objectKey, file.sizeBytes, file.sha256, file.mediaType, comment, minorEdit, actor.userKey],
  );
}

async function removeVersion(work: Work, row: AttachmentRow, version: number): Promise<string[]> {
  if (version === row.latestVersion) throw badRequest('The current version can not be removed');
  const removed = await work.query<{ key: string }>(
    `delete from attachment_version where attachment_id = $1 and number = $2 returning object_key as key`,
    [row.id, version],
  );
  if (removed.length === 0) throw notFound(`The attachment has no version ${version}`);
  return removed.map((each) => each.key);
}

async function removeAll(work: Work, ids: readonly string[]): Promise<string[]> {
  const removed = await work.query<{ key: string }>(
    `delete from attachment_version where attachment_id = any($1::bigint[]) returning object_key as key`,
    [ids],
  );
  await work.query(`delete from attachment where id = any($1::bigint[])`, [ids]);
  return removed.map((each) => each.key);
}

function tell(work: Work, containerId: string, attachmentId: string): void {
  work.changes(tags.attachments(containerId), tags.content(attachmentId));
  work.emit(attachments.attachmentsChanged, { containerId, attachmentId });
}
