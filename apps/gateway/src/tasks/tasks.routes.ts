import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';

const statuses = { CHECKED: 'complete', UNCHECKED: 'incomplete' } as const;

/** Ticks tasks as Confluence's own pages do: `{status: CHECKED | UNCHECKED}`. */
@Controller('rest/inlinetasks/1/task/:id/:taskId')
export class TaskRoutes {
  @Post()
  @HttpCode(200)
  post(@Asked() call: Call, @Param('id') contentId: string, @Param('taskId') taskId: string, @Body() body: unknown) {
    return this.set(call, contentId, taskId, body);
  }

  @Put()
  put(@Asked() call: Call, @Param('id') contentId: string, @Param('taskId') taskId: string, @Body() body: unknown) {
    return this.set(call, contentId, taskId, body);
  }

  private async set(call: Call, contentId: string, taskId: string, body: unknown) {
    const status = textAt(objectOf(body), 'status') ?? '';
    if (status !== 'CHECKED' && status !== 'UNCHECKED') throw badRequest("status must be 'CHECKED' or 'UNCHECKED'");
    const asked = { contentId, taskId, status: statuses[status], locale: call.locale };
    const { version } = await call.ask(pages.setTaskStatus, asked);
    return { contentId, taskId, status, version: { number: version } };
  }
}
