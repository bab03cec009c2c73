import { send } from './client';
import { json } from './requests';

/** Says that a task of a content is done, or isn't; that writes a version of the content, whose number is answered. */
export async function setTaskDone(contentId: string, taskId: string, isDone: boolean): Promise<number> {
  const path = `/rest/inlinetasks/1/task/${encodeURIComponent(contentId)}/${encodeURIComponent(taskId)}`;
  const body = { status: isDone ? 'CHECKED' : 'UNCHECKED', trigger: 'VIEW_PAGE' };
  const answer = await send(path, json('POST', body));
  return ((await answer.json()) as { version: { number: number } }).version.number;
}
