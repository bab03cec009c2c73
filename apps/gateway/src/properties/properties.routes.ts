import { Body, Controller, Delete, Get, HttpCode, Injectable, Param, Post, Put, Query } from '@nestjs/common';
import { badRequest, pages, type RequestInputOf } from '@tributary/contracts';
import { versionOf } from '../content/content-input.js';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';
import { windowOf, type Query as Parameters } from '../edge/query.js';

type Owner = RequestInputOf<typeof pages.getProperty>['owner'];

/** What the routes of contents' and of spaces' properties have in common: all but whose properties they are. */
@Injectable()
export class PropertyRequests {
  async list(call: Call, owner: Owner, query: Parameters) {
    const part = windowOf(query, 10);
    return call.list(await call.ask(pages.listProperties, { owner, ...part }), part);
  }

  get(call: Call, owner: Owner, key: string) {
    return call.ask(pages.getProperty, { owner, key });
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
  get(@Asked() call: Call, @Param('id') id: string, @Param('key') key: string) {
    return this.requests.get(call, { kind: 'content', id }, key);
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
  get(@Asked() call: Call, @Param('spaceKey') space: string, @Param('key') key: string) {
    return this.requests.get(call, { kind: 'space', key: space }, key);
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
