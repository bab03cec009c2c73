import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Injectable, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { notFound } from '@tributary/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compressed } from '../edge/compressed.js';
import { GatewayContext } from '../gateway-context.js';
import { withFirstAnswer } from './first-answer.js';
import { protectPage } from './security-headers.js';

const mediaTypes: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json',
  woff2: 'font/woff2',
  map: 'application/json',
};

/** Files that are named by a hash of what they hold never change. */
const hashedFiles = 'public, max-age=31536000, immutable';
const images = 'public, max-age=86400';
/** The page names the hashed files: it is asked for again each time, and mostly answers 304. */
const pages = 'no-cache';

/** Addresses that only programs ask, whatever they say that they accept. */
const ofPrograms = /^\/(?:rest|rpc|download|plugins|s|images|assets)\//;

interface WebFile {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly encoding: string | undefined;
}

/** The files of the web application, read once; there are few and they never change while a process runs. */
@Injectable()
export class WebFiles {
  private readonly files = new Map<string, Promise<WebFile | undefined>>();

  /** Where a link pointed at the start: when it names another build later, this process still serves its own. */
  private readonly folder: string | undefined;

  constructor({ config }: GatewayContext) {
    this.folder = config.webDir && existsSync(config.webDir) ? realpathSync(config.webDir) : undefined;
  }

  /** A file, compressed ahead of time where the client takes that and the build made it. */
  async find(path: string, acceptEncoding: string): Promise<WebFile | undefined> {
    for (const [encoding, suffix] of [
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const) {
      if (!acceptEncoding.includes(encoding)) continue;
      const file = await this.read(`${path}${suffix}`, encoding);
      if (file) return file;
    }
    return this.read(path, undefined);
  }

  private read(path: string, encoding: string | undefined): Promise<WebFile | undefined> {
    const { folder } = this;
    // Names as the build makes them: nothing that could lead out of the folder.
    if (!folder || !/^[A-Za-z0-9_\-./]+$/.test(path) || path.includes('..')) return Promise.resolve(undefined);
    const known = this.files.get(path);
    if (known) return known;
    const reading = readFile(join(folder, path)).then(
      (bytes) => ({
        bytes,
        encoding,
        etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 24)}"`,
      }),
      () => undefined,
    );
    // Files that are there are few; names that strangers invent are not remembered.
    void reading.then((file) => file && this.files.set(path, reading));
    return reading;
  }
}

/** Pages of the web application: one document for all, and its hashed files. */
@Controller()
export class WebRoutes {
  constructor(private readonly files: WebFiles) {}

  @Get('assets/*')
  asset(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('*') path: string) {
    return this.send(request, reply, `assets/${path}`, hashedFiles);
  }

  @Get(['favicon.ico', 'favicon.svg', 'images/*'])
  image(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.send(request, reply, (request.url.split('?')[0] ?? '').slice(1), images);
  }

  /** Not named by a hash, because it runs before the files that are. */
  @Get('appearance.js')
  appearance(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.send(request, reply, 'appearance.js', pages);
  }

  @Get([
    '',
    'login',
    'spaces',
    'spaces/*',
    'display/*',
    'pages/viewpage.action',
    'pages/viewpreviousversions.action',
    'pages/diffpagesbyversion.action',
    'pages/resumedraft.action',
    'pages/editpage.action',
    'pages/createpage.action',
    'pages/createblogpost.action',
    'pages/viewrecentblogposts.action',
    'x/:tiny',
    'dashboard.action',
    'admin',
    'admin/*',
    'search',
    'setup',
    'users/*',
  ])
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    protectPage(reply);
    const plain = await this.files.find('index.html', '');
    const document = plain && (await withFirstAnswer(request, plain.bytes));
    if (!document) return this.send(request, reply, 'index.html', pages);
    // It holds what this reader may see now: nobody keeps it, as nobody keeps the REST API's answer.
    void reply
      .header('Cache-Control', 'no-store')
      .header('Vary', 'Accept-Encoding')
      .type(mediaTypes['html'] ?? '');
    const gzipped = await compressed(document, request);
    return gzipped ? reply.header('Content-Encoding', 'gzip').send(gzipped) : reply.send(document);
  }

  /** Whoever follows a wrong link in a browser gets the application, which says so; programs get the error that they read. */
  @Get('*')
  unknown(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const isOfPeople = String(request.headers.accept ?? '').includes('text/html');
    if (!isOfPeople || ofPrograms.test(request.url)) throw new NotFoundException(`Cannot GET ${request.url}`);
    return this.send(request, protectPage(reply).status(404), 'index.html', 'no-store');
  }

  private async send(request: FastifyRequest, reply: FastifyReply, path: string, cacheControl: string) {
    const file = await this.files.find(path, String(request.headers['accept-encoding'] ?? ''));
    if (!file) throw notFound('There is no such file');
    // Only what is there may be kept: a file may be on a newer gateway already.
    void reply.header('Cache-Control', cacheControl).header('ETag', file.etag).header('Vary', 'Accept-Encoding');
    if (reply.statusCode === 200 && request.headers['if-none-match'] === file.etag) return reply.status(304).send();
    if (file.encoding) void reply.header('Content-Encoding', file.encoding);
    return reply.type(mediaTypes[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream').send(file.bytes);
  }
}
