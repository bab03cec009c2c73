import type { StorageDocument } from '../document.js';
import type { PageReference } from '../references.js';
import type { Answers } from '../render/answers.js';
import type { LoadedBody, RenderedContent } from '../render/context.js';
import { UNAVAILABLE } from '../render/inquiry.js';
import { BODIES_MAX } from '../render/answers.js';
import { MacroError, TemporaryMacroError } from '../render/macro-error.js';

/** Another content with its tree. */
export interface IncludedPage {
  readonly content: RenderedContent;
  readonly document: StorageDocument;
}

function contentOf(body: LoadedBody): RenderedContent {
  return { id: body.id ?? '', title: body.title ?? '', spaceKey: body.spaceKey ?? '', type: 'page' };
}

/** The page if it is known by now: for asking on. */
export function knownPage(answers: Answers, reference: PageReference): IncludedPage | undefined {
  const body = answers.bodies.answer(reference);
  if (body === UNAVAILABLE || !body.found) return undefined;
  const document = answers.documentOf(body);
  return document && { content: contentOf(body), document };
}

/**
 * The page for rendering.
 *
 * @throws {MacroError} when there is none that this reader can see, or it couldn't be loaded
 */
export function includedPage(answers: Answers, reference: PageReference | undefined): IncludedPage {
  if (reference === undefined) throw new MacroError('error.include.page-missing');
  const body = answers.bodies.answer(reference);
  if (body === UNAVAILABLE) {
    if (answers.bodies.isFull) throw new MacroError('error.include.too-many', { limit: BODIES_MAX });
    throw new TemporaryMacroError('error.unavailable');
  }
  if (!body.found) throw new MacroError('error.include.page-missing');
  const document = answers.documentOf(body);
  if (document === undefined) throw new MacroError('error.include.page-unreadable');
  return { content: contentOf(body), document };
}
