import { useMutation } from '@tanstack/react-query';
import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { notePageVersion } from '../../rest/pages';
import { queryClient } from '../../rest/queries';
import { setTaskDone } from '../../rest/tasks';

const mutationKey = ['ticking'];

export interface Tasks {
  /** Ticks the task whose box an event happened on; false where it was none that the reader may tick. */
  tick(target: Element): boolean;
  /** As `tick`, for the keys that press a box. */
  press(event: KeyboardEvent): void;
  /** Notes what of the body one is at, so that one is there still when it is read anew. */
  focus(event: FocusEvent): void;
  /** What to tell of a task that the wiki didn't take. */
  readonly failure: string | undefined;
}

interface Ticking {
  readonly task: HTMLElement;
  readonly taskId: string;
  readonly isDone: boolean;
}

/**
 * Makes the boxes of tasks press buttons of a body for those who may change it. A box shows at once what was wanted, and what is when that
 * failed.
 *
 * @param contentId whose tasks may be ticked; those of pages that the body includes are not among them.
 */
export function useTasks(body: RefObject<HTMLElement | null>, html: string, contentId: string | undefined): Tasks {
  const { text } = useTexts();
  const focused = useRef<string>(undefined);
  const ticking = useMutation({
    mutationKey,
    // One after the other: each writes a version.
    scope: { id: `ticking ${contentId ?? ''}` },
    mutationFn: ({ taskId, isDone }: Ticking) => setTaskDone(contentId ?? '', taskId, isDone),
    onMutate: ({ task, isDone }) => show(task, isDone),
    onError: (_error, { taskId, isDone }) => {
      // The body may have been read anew meanwhile.
      for (const task of boxesOf(body.current, contentId)) if (idOf(task) === taskId) show(task, !isDone);
    },
    onSuccess: (version) => notePageVersion(contentId ?? '', version),
    onSettled: async () => {
      // What is read while others are on their way would show those as they were.
      if (queryClient.isMutating({ mutationKey }) > 1) return;
      await queryClient.invalidateQueries({ queryKey: ['page'] });
      await queryClient.invalidateQueries({ queryKey: ['comments'] });
    },
  });
  // Before anything is shown: a key pressed while nothing has the focus would be lost.
  useLayoutEffect(() => {
    for (const task of boxesOf(body.current, contentId)) makePressable(task, focused.current);
  }, [body, html, contentId, text]);
  const tick = (target: Element): boolean => {
    const task = target.closest('.task-box[role="checkbox"]')?.parentElement;
    const taskId = task ? idOf(task) : undefined;
    if (!task || taskId === undefined) return false;
    ticking.mutate({ task, taskId, isDone: !task.classList.contains('checked') });
    return true;
  };
  return {
    tick,
    press(event) {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      if (event.target instanceof Element && event.target.matches('.task-box') && tick(event.target))
        event.preventDefault();
    },
    focus({ target }) {
      const task = target.matches('.task-box') ? target.parentElement : null;
      focused.current = task ? idOf(task) : undefined;
    },
    failure: ticking.isError ? text(failureKey(ticking.error)) : undefined,
  };
}

const idOf = (task: HTMLElement): string | undefined => task.dataset['inlineTaskId'];

/** The tasks of a body that are its own content's. */
function boxesOf(body: HTMLElement | null, contentId: string | undefined): HTMLElement[] {
  if (!body || contentId === undefined) return [];
  const list = `.inline-task-list[data-inline-tasks-content-id="${CSS.escape(contentId)}"]`;
  return [...body.querySelectorAll<HTMLElement>(`${list} > li[data-inline-task-id]`)];
}

function makePressable(task: HTMLElement, focusedId: string | undefined): void {
  const box = task.querySelector<HTMLElement>(':scope > .task-box');
  const label = box?.nextElementSibling;
  if (!box || !label) return;
  label.id ||= `task-text-${idOf(task) ?? ''}`;
  box.setAttribute('role', 'checkbox');
  box.setAttribute('aria-labelledby', label.id);
  box.removeAttribute('aria-label');
  box.tabIndex = 0;
  show(task, task.classList.contains('checked'));
  // The body was read anew with the task that one is at.
  if (idOf(task) === focusedId && document.activeElement === document.body) box.focus({ preventScroll: true });
}

function show(task: HTMLElement, isDone: boolean): void {
  task.classList.toggle('checked', isDone);
  task.querySelector(':scope > .task-box[role="checkbox"]')?.setAttribute('aria-checked', String(isDone));
}
