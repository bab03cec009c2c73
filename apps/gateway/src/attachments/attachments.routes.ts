import { Body, Controller, Delete, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { attachments, badRequest } from '@tributary/contracts';
import { versionOf } from '../content/content-input.js';
import { Asked, Call } from '../edge/call.js';
import { objectAt, objectOf, textAt } from '../edge/bodies.js';
import { boolean, expandOf, one, type Query as Parameters } from '../edge/query.js';
import { Uploads, type Upload } from './uploads.js';

/** The digits of `att123`; clients send either. */
const idOf = (text: string): string => text.replace(/^att/, '');

const fieldOf = (upload: Upload, name: string, index: number): string | undefined => {
  const values = upload.fields.get(name);
  return values?.[index] ?? values?.[0];
};

@Controller('rest/api/content/:id/child/attachment')
export class AttachmentRoutes {
  constructor(private readonly uploads: Uploads) {}

  @Post()
  @HttpCode(200)
  create(@Asked() call: Call, @Param('id') containerId: string, @Query() query: Parameters) {
    return this.upload(call, containerId, query, boolean(query, 'allowDuplicated'));
  }

  /** Clients written for the Cloud's API add or update by it. */
  @Put()
  createOrUpdate(@Asked() call: Call, @Param('id') containerId: string, @Query() query: Parameters) {
    return this.upload(call, containerId, query, true);
  }

  @Post(':attachmentId/data')
  @HttpCode(200)
  async addVersion(
    @Asked() call: Call,
    @Param('id') containerId: string,
    @Param('attachmentId') attachmentId: string,
    @Query() query: Parameters,
  ) {
    call.refuseForeign();
    await call.ask(attachments.checkUpload, { containerId });
    return this.uploads.receive(call.request, (upload) => {
      const [first, ...others] = upload.files;
      if (!first || others.length > 0) throw badRequest('Exactly one file is expected');
      return call.ask(attachments.addVersion, {
        containerId,
        attachmentId: idOf(attachmentId),
        file: first.file,
        comment: fieldOf(upload, 'comment', 0),
        minorEdit: fieldOf(upload, 'minorEdit', 0) === 'true',
        expand: expandOf(query),
      });
    });
  }

  @Put(':attachmentId')
  update(
    @Asked() call: Call,
    @Param('id') containerId: string,
    @Param('attachmentId') attachmentId: string,
    @Body() body: unknown,
    @Query() query: Parameters,
  ) {
    const content = objectOf(body);
    const metadata = objectAt(content, 'metadata');
    const container = textAt(objectAt(content, 'container'), 'id');
    return call.ask(attachments.update, {
      containerId,
      attachmentId: idOf(attachmentId),
      version: versionOf(content).number,
      fileName: textAt(content, 'title'),
      mediaType: textAt(metadata, 'mediaType'),
      comment: textAt(metadata, 'comment'),
      newContainerId: container,
      expand: expandOf(query),
    });
  }

  @Post(':attachmentId/move')
  @HttpCode(200)
  move(
    @Asked() call: Call,
    @Param('id') containerId: string,
    @Param('attachmentId') attachmentId: string,
    @Query() query: Parameters,
  ) {
    return call.ask(attachments.update, {
      containerId,
      attachmentId: idOf(attachmentId),
      fileName: one(query, 'newName'),
      newContainerId: one(query, 'newContentId'),
    });
  }

  @Delete(':attachmentId')
  @HttpCode(204)
  async remove(@Asked() call: Call, @Param('id') containerId: string, @Param('attachmentId') attachmentId: string) {
    await call.ask(attachments.remove, { containerId, attachmentId: idOf(attachmentId) });
  }

  @Delete(':attachmentId/version/:version')
  @HttpCode(204)
  async removeVersion(
    @Asked() call: Call,
    @Param('id') containerId: string,
    @Param('attachmentId') attachmentId: string,
    @Param('version') version: string,
  ) {
    if (!/^[1-9]\d{0,8}$/.test(version)) throw badRequest('The version must be a whole number');
    await call.ask(attachments.remove, {
      containerId,
      attachmentId: idOf(attachmentId),
      version: Number(version),
    });
  }

  private async upload(call: Call, containerId: string, query: Parameters, allowDuplicated: boolean) {
    call.refuseForeign();
    await call.ask(attachments.checkUpload, { containerId });
    return this.uploads.receive(call.request, async (upload) => {
      const results: Record<string, unknown>[] = [];
      for (const [index, uploaded] of upload.files.entries()) {
        const made = await call.ask(attachments.create, {
          containerId,
          fileName: uploaded.fileName,
          file: uploaded.file,
          comment: fieldOf(upload, 'comment', index),
          minorEdit: fieldOf(upload, 'minorEdit', index) === 'true',
          allowDuplicated,
          expand: expandOf(query),
        });
        upload.recorded.add(uploaded);
        results.push(made);
      }
      return call.list({ results, hasMore: false }, { start: 0, limit: results.length });
    });
  }
}
