import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';
import { one, windowOf, type Query as Parameters } from '../edge/query.js';

@Controller('rest/api/content/:id/label')
export class LabelRoutes {
  @Get()
  async list(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(pages.listLabels, { id, prefix: one(query, 'prefix'), ...part });
    return call.list(page, part);
  }

  /** Takes a list of labels, or one. */
  @Post()
  @HttpCode(200)
  async add(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown) {
    const labels = (Array.isArray(body) ? body : [body]).map((label) => ({
      prefix: textAt(objectOf(label), 'prefix') ?? 'global',
      name: textAt(objectOf(label), 'name') ?? '',
    }));
    const page = await call.ask(pages.addLabels, { id, labels });
    return call.list(page, { start: 0, limit: 200 });
  }

  @Delete()
  @HttpCode(204)
  async removeNamed(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const name = one(query, 'name');
    if (!name) throw badRequest('The parameter name is needed');
    await call.ask(pages.removeLabel, { id, name });
  }

  @Delete(':label')
  @HttpCode(204)
  async remove(@Asked() call: Call, @Param('id') id: string, @Param('label') name: string) {
    await call.ask(pages.removeLabel, { id, name });
  }
}
