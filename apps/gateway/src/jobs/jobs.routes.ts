import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { jobs, notFound } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { booleanAt, objectOf } from '../edge/bodies.js';
import { one, windowOf, type Query as Parameters } from '../edge/query.js';
import { presentJob, presentRun } from './job-presenter.js';

/** Runs that are shown with their job. */
const runsShown = 25;

/** Scheduled jobs of the whole cluster, for system administrators. */
@Controller('rest/tributary/1/cluster')
export class JobRoutes {
  @Get('jobs')
  async list(@Asked() call: Call) {
    const { jobs: all } = await call.ask(jobs.listJobs, {});
    return { results: all.filter((job) => job.declaredSchedule).map((job) => presentJob(job, call.locale)) };
  }

  @Get('jobs/:name')
  async get(@Asked() call: Call, @Param('name') name: string) {
    const { jobs: found } = await call.ask(jobs.listJobs, { name });
    const [job] = found;
    if (!job) throw notFound(`No job found with name : ${name}`);
    const { results } = await call.ask(jobs.listRuns, { job: name, limit: runsShown });
    return { ...presentJob(job, call.locale), runs: results.map((run) => presentRun(run, call.locale)) };
  }

  /** `{"enabled": false}`, `{"schedule": {"cron": "0 30 3 * * *", "timeZone": "UTC"}}`; a null schedule is the declared one. */
  @Put('jobs/:name')
  async change(@Asked() call: Call, @Param('name') name: string, @Body() body: unknown) {
    const change = objectOf(body);
    const schedule = change['schedule'] as jobs.JobSchedule | null | undefined;
    const job = await call.ask(jobs.changeJob, { name, enabled: booleanAt(change, 'enabled'), schedule });
    return presentJob(job, call.locale);
  }

  @Post('jobs/:name/run')
  @HttpCode(202)
  async run(@Asked() call: Call, @Param('name') name: string) {
    return presentRun(await call.ask(jobs.runJobNow, { name }), call.locale);
  }

  /** All runs, newest first; `job` and `state` choose. */
  @Get('runs')
  async runs(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const chosen = { job: one(query, 'job'), state: one(query, 'state') as jobs.RunState | undefined };
    const { results, hasMore } = await call.ask(jobs.listRuns, { ...chosen, ...part });
    return call.list({ results: results.map((run) => presentRun(run, call.locale)), hasMore }, part);
  }

  @Delete('runs/:id')
  async cancel(@Asked() call: Call, @Param('id') id: string) {
    return presentRun(await call.ask(jobs.cancelRun, { id }), call.locale);
  }
}
