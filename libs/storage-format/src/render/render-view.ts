import type { StorageDocument } from '../document.js';
import { Answers } from './answers.js';
import type { RenderContext, RenderFailure, RenderResult } from './context.js';
import { gather } from './gather.js';
import { sanitise } from './sanitise.js';
import { Rendering, RenderScope } from './scope.js';

/** For waiting for the wiki's answers. What isn't there by then shows an error in its place. */
const ASKING_MILLIS_MAX = 10_000;

/** For rendering what was answered: it blocks the process. A page of 40 kB takes some milliseconds. */
const RENDERING_MILLIS_MAX = 5_000;

export interface RenderOptions {
  readonly askingMillisMax?: number;
  readonly renderingMillisMax?: number;
}

/**
 * The view HTML of a body and what it depends on: sanitised, in the context's language, complete with links, images, users and
 * macros. A macro that fails or isn't known shows that in its place; this function doesn't reject for anything that a body can hold.
 */
export async function renderView(
  document: StorageDocument,
  context: RenderContext,
  { askingMillisMax = ASKING_MILLIS_MAX, renderingMillisMax = RENDERING_MILLIS_MAX }: RenderOptions = {},
): Promise<RenderResult> {
  const failures: RenderFailure[] = [];
  const answers = new Answers(context, (error) => failures.push({ place: 'context', error }));
  await gather(document.children, context.content, answers, performance.now() + askingMillisMax);
  const rendering = new Rendering(context, answers, document, performance.now() + renderingMillisMax, failures);
  const html = rendering.finish(new RenderScope(rendering, context.content).render(document.children));
  return {
    html: sanitise(html),
    dependsOn: answers.dependsOn(),
    isCacheable: rendering.isComplete && failures.length === 0,
    failures,
  };
}
