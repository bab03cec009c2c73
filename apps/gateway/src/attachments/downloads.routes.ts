import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { attachments, ServiceError, unavailable } from '@tributary/contracts';
import type { ByteRange } from '@tributary/object-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Api } from '../edge/api.js';
import { one, positive, type Query as Parameters } from '../edge/query.js';
import { GatewayContext } from '../gateway-context.js';
import { byteRangeOf } from './byte-range.js';
import { contentDisposition } from './content-disposition.js';

/** Files are foreign: a browser that opens one must not let it act in our origin. */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'";

@Controller('download')
export class DownloadRoutes {
  constructor(
    private readonly api: Api,
    private readonly context: GatewayContext,
  ) {}

  @Get(['attachments/:id/:name', 'thumbnails/:id/:name'])
  async download(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('name') name: string,
    @Query() query: Parameters,
  ) {
    const ticket = await this.open(request, reply, id, name, query);
    const range = rangeOf(request, reply, ticket);
    if (range === 'unchanged') return reply.status(304).send();
    // Fastify answers HEAD by this route too; it would take no payload for one of no length.
    if (request.method === 'HEAD') return reply.header('Content-Length', ticket.sizeBytes).send(Readable.from([]));
    const files = this.context.files;
    if (!files) throw unavailable('No object store is configured');
    const bytes = await files.get(ticket.objectKey, range);
    const length = range ? range.last - range.first + 1 : ticket.sizeBytes;
    if (range) void reply.status(206).header('Content-Range', `bytes ${range.first}-${range.last}/${ticket.sizeBytes}`);
    return reply.header('Content-Length', length).send(bytes);
  }

  private async open(request: FastifyRequest, reply: FastifyReply, id: string, name: string, query: Parameters) {
    const ticket = await this.api.ask(request, reply, attachments.openDownload, {
      containerId: id,
      fileName: name,
      version: positive(query, 'version'),
    });
    const save = one(query, 'download') === 'true';
    void reply
      .header('Content-Type', ticket.mediaType)
      .header('Content-Disposition', contentDisposition(ticket.fileName, ticket.mediaType, save))
      .header('Content-Security-Policy', sandbox)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Accept-Ranges', 'bytes')
      .header('ETag', etagOf(ticket))
      .header('Last-Modified', new Date(ticket.lastModified).toUTCString())
      .header('Cache-Control', 'private, no-cache');
    return ticket;
  }
}

const etagOf = (ticket: attachments.DownloadTicket): string => `"${ticket.sha256.slice(0, 32)}"`;

/** The part that is asked for, nothing for all, or that the client has it already. */
function rangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: attachments.DownloadTicket,
): ByteRange | 'unchanged' | undefined {
  const etag = etagOf(ticket);
  const modified = new Date(ticket.lastModified).toUTCString();
  const { 'if-none-match': known, 'if-modified-since': since, 'if-range': condition } = request.headers;
  if (known?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))) return 'unchanged';
  if (!known && since && Date.parse(modified) <= Date.parse(since)) return 'unchanged';
  // The part only if the file is still the one that the client knows, else all of it.
  if (condition && condition !== etag && condition !== modified) return undefined;
  const range = byteRangeOf(request.headers.range, ticket.sizeBytes);
  if (range !== 'unsatisfiable') return range;
  void reply.header('Content-Range', `bytes */${ticket.sizeBytes}`);
  throw new ServiceError('rangeNotSatisfiable', `The file has ${ticket.sizeBytes} bytes`);
}
