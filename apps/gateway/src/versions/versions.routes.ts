import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectAt, objectOf, textAt } from '../edge/bodies.js';
import { expandOf, windowOf, type Query as Parameters } from '../edge/query.js';

const numberOf = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw badRequest('The version must be a whole number');
  return Number(text);
};

@Controller(['rest/api/content/:id/version', 'rest/experimental/content/:id/version'])
export class VersionRoutes {
  @Get()
  async list(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    return call.list(await call.ask(pages.listVersions, { id, expand: expandOf(query), ...part }), part);
  }

  @Get(':number')
  get(@Asked() call: Call, @Param('id') id: string, @Param('number') version: string, @Query() query: Parameters) {
    return call.ask(pages.getVersion, { id, version: numberOf(version), expand: expandOf(query) });
  }

  /** `{operationKey: "restore", params: {versionNumber, message, restoreTitle}}`. */
  @Post()
  @HttpCode(200)
  restore(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown, @Query() query: Parameters) {
    const operation = objectOf(body);
    if (textAt(operation, 'operationKey') !== 'restore') throw badRequest("operationKey must be 'restore'");
    const given = objectAt(operation, 'params');
    const version = numberOf(textAt(given, 'versionNumber') ?? '');
    const restoreTitle = given['restoreTitle'] === true;
    return call.ask(pages.restoreVersion, {
      id,
      version,
      message: textAt(given, 'message'),
      restoreTitle,
      expand: expandOf(query),
    });
  }

  @Delete(':number')
  @HttpCode(204)
  async delete(@Asked() call: Call, @Param('id') id: string, @Param('number') version: string) {
    await call.ask(pages.deleteVersion, { id, version: numberOf(version) });
  }
}

@Controller('rest/api/content/:id/history')
export class HistoryRoutes {
  @Get()
  history(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return call.ask(pages.getHistory, { id, expand: expandOf(query) });
  }

  @Get(':version/macro/:by/:key')
  macro(
    @Asked() call: Call,
    @Param('id') id: string,
    @Param('version') version: string,
    @Param('by') by: string,
    @Param('key') key: string,
  ) {
    return call.ask(pages.getMacroBody, { id, version: numberOf(version), by: by as 'id', key });
  }
}
