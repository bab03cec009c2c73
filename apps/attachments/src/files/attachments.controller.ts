import { Controller } from '@nestjs/common';
import { attachments, notFound, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { AttachmentPresenter, defaultExpand } from './attachment-presenter.js';
import { findById, findByName, findNames, listOfContainer } from './attachment-rows.js';
import { AttachmentWriter } from './attachment-writer.js';
import { ContainerAccess, noContent } from './container-access.js';

@Controller()
export class AttachmentsController {
  constructor(
    private readonly reads: Reads,
    private readonly access: ContainerAccess,
    private readonly presenter: AttachmentPresenter,
    private readonly writer: AttachmentWriter,
  ) {}

  @Handle(attachments.checkUpload)
  async checkUpload({ actor, containerId }: RequestOf<typeof attachments.checkUpload>) {
    await this.access.requireAttach(actor, containerId);
    return {};
  }

  @Handle(attachments.create)
  async create(request: RequestOf<typeof attachments.create>) {
    return this.presentOne(request.actor, await this.writer.create(request), request.expand);
  }

  @Handle(attachments.addVersion)
  async addVersion(request: RequestOf<typeof attachments.addVersion>) {
    await this.writer.addVersion(request);
    return this.presentOne(request.actor, request.attachmentId, request.expand);
  }

  @Handle(attachments.copyAll)
  async copyAll(request: RequestOf<typeof attachments.copyAll>) {
    await this.writer.copyAll(request);
    return {};
  }

  @Handle(attachments.update)
  async update(request: RequestOf<typeof attachments.update>) {
    await this.writer.update(request);
    return this.presentOne(request.actor, request.attachmentId, request.expand);
  }

  @Handle(attachments.list)
  async list({ actor, containerId, fileName, mediaType, expand, start, limit }: RequestOf<typeof attachments.list>) {
    // The rows first, then whether they may be seen (R10).
    const rows = await listOfContainer(this.reads, { containerId, fileName, mediaType, start, limit: limit + 1 });
    const container = await this.access.requireRead(actor, containerId);
    return {
      results: await this.presenter.present(rows.slice(0, limit), container, expand),
      hasMore: rows.length > limit,
    };
  }

  @Handle(attachments.get)
  async get({ actor, attachmentId, status, expand }: RequestOf<typeof attachments.get>) {
    return this.presentOne(actor, attachmentId, expand, status);
  }

  @Handle(attachments.findByName)
  async findByName({ names }: RequestOf<typeof attachments.findByName>) {
    const rows = await findNames(this.reads, names);
    const found = rows.map(({ containerId, fileName, id, version, mediaType, sizeBytes }) => ({
      containerId,
      fileName,
      id,
      version,
      mediaType,
      sizeBytes: Number(sizeBytes),
    }));
    return { value: { found }, dependsOn: [...new Set(names.map((name) => tags.attachments(name.containerId)))] };
  }

  @Handle(attachments.remove)
  async remove(request: RequestOf<typeof attachments.remove>) {
    await this.writer.remove(request);
    return {};
  }

  @Handle(attachments.openDownload)
  async openDownload({ actor, containerId, fileName, version }: RequestOf<typeof attachments.openDownload>) {
    const row = await findByName(this.reads, containerId, fileName, version);
    await this.access.requireRead(actor, containerId);
    if (!row) throw notFound(`No attachment found with the name ${fileName}`);
    const { objectKey, mediaType, sha256, changedAt } = row;
    return {
      objectKey,
      fileName,
      mediaType,
      sizeBytes: Number(row.sizeBytes),
      sha256,
      version: row.version,
      lastModified: changedAt.toISOString(),
    };
  }

  private async presentOne(
    actor: Actor,
    id: string,
    expand: readonly string[],
    statuses: readonly string[] = ['current'],
  ) {
    const row = await findById(this.reads, id);
    if (!row || !statuses.includes(row.status)) throw noContent(`att${id}`);
    if (row.status === 'trashed' && !(await this.access.mayRemove(actor, row.containerId, row.createdBy))) {
      throw noContent(`att${id}`);
    }
    const container = await this.access.requireRead(actor, row.containerId, `att${id}`);
    const [presented] = await this.presenter.present([row], container, expand.length > 0 ? expand : defaultExpand);
    return presented ?? {};
  }
}
