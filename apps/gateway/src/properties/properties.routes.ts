import { Body, Controller, Delete, Get, HttpCode, Injectable, Param, Post, Put, Query } from '@nestjs/common';
import { badRequest, pages, type RequestInputOf } from '@tributary/contracts';
import { versionOf } from '../content/content-input.js';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt, type Json } from '../edge/bodies.js';
import { expandOf, windowOf, type Query as Parameters } from '../edge/query.js';

type Owner = RequestInputOf<typeof pages.getProperty>['owner'];

/** What the routes of contents' and of spaces' properties have in common: all but whose properties they are. */
@Injectable()
export class PropertyRequests {
  async list(call: Call, owner: Owner, query: Parameters) {
    const part = windowOf(query, 10);
    const page = await call.ask(pages.listProperties, { owner, ...part });
    return call.list({ ...page, results: await this.expanded(call, owner, query, page.results) }, part);
  }

  async get(call: Call, owner: Owner, key: string, query: Parameters) {
    const property = await call.ask(pages.getProperty, { owner, key });
    return (await this.expanded(call, owner, query, [property]))[0];
  }

  /** `expand=content` or `space`: what the properties belong to, the same for all of them. */
  private async expanded(call: Call, owner: Owner, query: Parameters, properties: Json[]): Promise<Json[]> {
    const paths = expandOf(query).map((path) => path.split('.'));
    if (!paths.some(([name]) => name === owner.kind)) return properties;
    const expand = paths.flatMap(([name, ...inside]) =>
      name === owner.kind && inside.length > 0 ? [inside.join('.')] : [],
    );
    const shown =
      owner.kind === 'content'
        ? await call.ask(pages.getContent, { id: owner.id, expand })
        : await call.ask(pages.getSpace, { key: owner.key, expand });
    return properties.map((property) => ({ ...property, [owner.kind]: shown, _expandable: {} }));
  }

  create(call: Call, owner: Owner, body: unknown, keyInPath?: string) {
    const property = objectOf(body);
    const key = keyInPath ?? textAt(property, 'key');
    if (!key) throw badRequest('key is needed');
    if (!('value' in property)) throw badRequest('value is needed');
    return call.ask(pages.createProperty, { owner, key, value: property['value'] as string });
  }

  update(call: Call, owner: Owner, body: unknown, key: string) {
    const property = objectOf(body);
    if ((textAt(property, 'key') ?? key) !== key) throw badRequest('The key is another one than the path has');
    const { number } = versionOf(property);
    if (number === undefined) throw badRequest('version.number is needed');
    if (!('value' in property)) throw badRequest('value is needed');
    return call.ask(pages.updateProperty, {
      owner,
      key,
      value: property['value'] as string,
      version: number,
    });
  }

  async delete(call: Call, owner: Owner, key: string): Promise<void> {
    await call.ask(pages.deleteProperty, { owner, key });
  }
}

@Controller('rest/api/content/:id/property')
export class ContentPropertyRoutes {
  constructor(private readonly requests: PropertyRequests) {}

  @Get()
  list(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.list(call, { kind: 'content', id }, query);
  }

  @Post()
  @HttpCode(200)
  create(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown) {
    return this.requests.create(call, { kind: 'content', id }, body);
  }

  @Get(':key')
  get(@Asked() call: Call, @Param('id') id: string, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.get(call, { kind: 'content', id }, key, query);
  }

  @Post(':key')
  @HttpCode(200)
  createAt(@Asked() call: Call, @Param('id') id: string, @Param('key') key: string, @Body() body: unknown) {
    return this.requests.create(call, { kind: 'content', id }, body, key);
  }

  @Put(':key')
  update(@Asked() call: Call, @Param('id') id: string, @Param('key') key: string, @Body() body: unknown) {
    return this.requests.update(call, { kind: 'content', id }, body, key);
  }

  @Delete(':key')
  @HttpCode(204)
  delete(@Asked() call: Call, @Param('id') id: string, @Param('key') key: string) {
    return this.requests.delete(call, { kind: 'content', id }, key);
  }
}

@Controller('rest/api/space/:spaceKey/property')
export class SpacePropertyRoutes {
  constructor(private readonly requests: PropertyRequests) {}

  @Get()
  list(@Asked() call: Call, @Param('spaceKey') space: string, @Query() query: Parameters) {
    return this.requests.list(call, { kind: 'space', key: space }, query);
  }

  @Post()
  @HttpCode(200)
  create(@Asked() call: Call, @Param('spaceKey') space: string, @Body() body: unknown) {
    return this.requests.create(call, { kind: 'space', key: space }, body);
  }

  @Get(':key')
  get(@Asked() call: Call, @Param('spaceKey') space: string, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.get(call, { kind: 'space', key: space }, key, query);
  }

  @Post(':key')
  @HttpCode(200)
  createAt(@Asked() call: Call, @Param('spaceKey') space: string, @Param('key') key: string, @Body() body: unknown) {
    return this.requests.create(call, { kind: 'space', key: space }, body, key);
  }

  @Put(':key')
  update(@Asked() call: Call, @Param('spaceKey') space: string, @Param('key') key: string, @Body() body: unknown) {
    return this.requests.update(call, { kind: 'space', key: space }, body, key);
  }

  @Delete(':key')
  @HttpCode(204)
  delete(@Asked() call: Call, @Param('spaceKey') space: string, @Param('key') key: string) {
    return this.requests.delete(call, { kind: 'space', key: space }, key);
  }
}
