import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { attachments, badRequest, pages, search, ServiceError } from '@tributary/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attachmentIdOf } from '../attachments/attachment-id.js';
import { Api } from '../edge/api.js';
import { Asked, Call } from '../edge/call.js';
import { baseUrlOf } from '../edge/base-url.js';
import type { BasedBytes } from '../edge/based-bytes.js';
import { takesGzip } from '../edge/compressed.js';
import { objectAt, objectOf, textAt } from '../edge/bodies.js';
import { expandOf, many, one, statusesOf, windowOf, type Query as Parameters } from '../edge/query.js';
import { GatewayContext } from '../gateway-context.js';
import { contextOf } from '../search/cql-context.js';
import { bodyOf, inlineOf, labelsOf, parentOf, propertiesOf, spaceKeyOf, versionOf } from './content-input.js';
import { contentQuestionOf } from './content-question.js';
import { ContentReader } from './content-reader.js';

/** Files are listed by the content that they hang on only, so far. */
function listedTypeOf(query: Parameters): 'page' | undefined {
  const type = one(query, 'type');
  if (type === 'attachment') throw new ServiceError('notImplemented', 'Attachments are listed by their content only');
  return type as 'page' | undefined;
}

/** By the header that draft-ietf-httpapi-idempotency-key-header describes, with or without the quotes of its structured string. */
function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const [, quoted, key = quoted] =
    /^(?:"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(String(header)) ?? [];
  if (key === undefined) throw badRequest('Idempotency-Key must be 1 to 255 visible ASCII characters');
  return key;
}

@Controller('rest/api/content')
export class ContentRoutes {
  constructor(
    private readonly api: Api,
    private readonly reader: ContentReader,
    private readonly context: GatewayContext,
  ) {}

  @Get()
  async find(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const page = await call.ask(pages.findContent, {
      spaceKey: one(query, 'spaceKey'),
      title: one(query, 'title'),
      type: listedTypeOf(query),
      status: statusesOf(query),
      postingDay: one(query, 'postingDay'),
      ids: many(query, 'ids'),
      expand: expandOf(query),
      locale: call.locale,
      ...part,
    });
    return call.list(page, part);
  }

  @Get('scan')
  async scan(@Asked() call: Call, @Query() query: Parameters) {
    const { limit } = windowOf(query);
    const { results, nextCursor } = await call.ask(pages.scanContent, {
      spaceKey: one(query, 'spaceKey'),
      type: listedTypeOf(query),
      status: statusesOf(query),
      cursor: one(query, 'cursor') || undefined,
      expand: expandOf(query),
      limit,
    });
    return call.scan(results, nextCursor, limit);
  }

  @Get('search')
  async search(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const cql = one(query, 'cql');
    if (!cql) throw badRequest('The parameter cql is needed');
    const page = await call.ask(search.query, {
      cql,
      context: contextOf(query),
      as: 'contents',
      expand: expandOf(query),
      ...part,
    });
    return call.list(page, part);
  }

  @Post()
  @HttpCode(200)
  async create(@Asked() call: Call, @Body() body: unknown, @Query() query: Parameters) {
    const content = objectOf(body);
    const { message, minorEdit } = versionOf(content);
    return call.pass(pages.createContent, {
      idempotencyKey: idempotencyKeyOf(call.request),
      type: (textAt(content, 'type') ?? 'page') as 'page',
      title: textAt(content, 'title'),
      status: (textAt(content, 'status') ?? one(query, 'status')) as 'current' | undefined,
      spaceKey: spaceKeyOf(content),
      parentId: parentOf(content) ?? undefined,
      containerId: textAt(objectAt(content, 'container'), 'id'),
      inline: inlineOf(content),
      body: bodyOf(content),
      message,
      minorEdit,
      labels: labelsOf(content),
      properties: propertiesOf(content),
      expand: expandOf(query),
      locale: call.locale,
    });
  }

  @Get(':id')
  async get(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ) {
    const attachment = attachmentIdOf(id);
    if (attachment) {
      const status = statusesOf(query);
      const input = { attachmentId: attachment, expand: expandOf(query), ...(status ? { status } : {}) };
      return reply.send(await this.api.ask(request, reply, attachments.get, input));
    }
    const caller = await this.api.identifyUser(request, reply);
    const question = contentQuestionOf(request, id);
    const answer = this.reader.peek(caller, question) ?? (await this.reader.read(request, caller, question));
    return this.send(request, reply, answer);
  }

  @Put(':id')
  async update(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown, @Query() query: Parameters) {
    const content = objectOf(body);
    const { number, message, minorEdit } = versionOf(content);
    if (number === undefined) throw badRequest('version.number is needed');
    return call.pass(pages.updateContent, {
      id,
      type: textAt(content, 'type') as 'page' | undefined,
      version: number,
      followsDraft: one(query, 'followsDraft'),
      title: textAt(content, 'title'),
      body: bodyOf(content),
      status: textAt(content, 'status') as 'current' | undefined,
      spaceKey: spaceKeyOf(content),
      parentId: parentOf(content) ?? undefined,
      message,
      minorEdit,
      labels: labelsOf(content),
      properties: propertiesOf(content),
      expand: expandOf(query),
      locale: call.locale,
    });
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const attachment = attachmentIdOf(id);
    if (attachment) {
      await call.ask(attachments.remove, {
        attachmentId: attachment,
        purge: one(query, 'status') === 'trashed',
      });
      return;
    }
    await call.ask(pages.deleteContent, {
      id,
      status: one(query, 'status') as 'current' | undefined,
    });
  }

  private send(request: FastifyRequest, reply: FastifyReply, answer: BasedBytes) {
    const base = baseUrlOf(request, this.context.config.baseUrl);
    reply.header('content-type', 'application/json; charset=utf-8');
    const gzipped = takesGzip(request) ? answer.gzippedFor(base) : undefined;
    if (!gzipped) return reply.send(answer.for(base));
    return reply.header('content-encoding', 'gzip').send(gzipped);
  }
}
