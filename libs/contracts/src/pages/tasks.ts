import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Locale } from '../values.js';

export const TaskStatus = z.enum(['complete', 'incomplete']);

/** A task's number in its content: `ac:task-id`. */
export const TaskId = z.string().regex(/^\d{1,18}$/, "A task's id is a number");

/**
 * Says that a task of a content is done, or isn't, by a version of the content in which nothing else is changed. For who may edit the
 * content. `notFound` where it has no such task, `badRequest` where it has several. A task that is so already makes no version.
 */
export const setTaskStatus = defineRequest('pages', 'tasks.setStatus', {
  request: z.object({
    actor: Actor,
    contentId: ContentId,
    taskId: TaskId,
    status: TaskStatus,
    locale: Locale.default('en'),
  }),
  reply: z.object({ version: z.number().int() }),
});
