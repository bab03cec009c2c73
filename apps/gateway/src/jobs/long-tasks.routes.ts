import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { jobs } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { windowOf, type Query as Parameters } from '../edge/query.js';
import { presentTask } from './job-presenter.js';

/** Work that takes longer than a request: whoever started it sees how far it is, and may end it. */
@Controller('rest/api/longtask')
export class LongTaskRoutes {
  @Get()
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 100);
    const { results, hasMore } = await call.ask(jobs.listTasks, part);
    return call.list({ results: results.map((run) => presentTask(run, call.locale)), hasMore }, part);
  }

  @Get(':id')
  async get(@Asked() call: Call, @Param('id') id: string) {
    return presentTask(await call.ask(jobs.getTask, { id }), call.locale);
  }

  /** Ours, Confluence has none: what was done stays done, what is left stays undone. */
  @Delete(':id')
  async cancel(@Asked() call: Call, @Param('id') id: string) {
    return presentTask(await call.ask(jobs.cancelRun, { id }), call.locale);
  }
}
