import type { Draft } from '../../rest/drafts';
import type { EditedPage } from '../../rest/writing';
import { isBody } from './body-change';
import type { LocalDraft } from './local-drafts';
import type { DraftText } from './remote-drafts';

/** What an editor begins with. */
export interface Opening extends DraftText {
  /** Whether it is the page as it is published, a draft from the wiki, one that only this browser has, or one made of both writers' texts. */
  readonly from: 'page' | 'draft' | 'browser' | 'merge';
  /** When it was written last. */
  readonly when: string;
  readonly revision: number;
  /** What a draft is made under that this browser may have sent already. */
  readonly creation?: string | undefined;
  /** Another text of the same page that lies in this browser, and is neither older nor newer than this one. */
  readonly offered?: LocalDraft;
}

/** The page as readers see it, or as it was begun. */
function published(page: EditedPage | undefined): Opening {
  if (page === undefined) return { title: '', body: '', version: 0, from: 'page', when: '', revision: 0 };
  const { title, body, version } = page;
  const isDraft = page.status === 'draft';
  return {
    title,
    body: body.storage.value,
    version: isDraft ? 0 : version.number,
    from: isDraft ? 'draft' : 'page',
    when: version.when,
    revision: 0,
  };
}

/** What the wiki has of a draft, by the name that a text in the browser goes on from. */
export function basisOf(page: EditedPage | undefined, draft: Draft | null): string {
  if (page === undefined) return '';
  return page.status === 'draft' ? page.version.when : String(draft?.revision ?? 0);
}

/**
 * What the writer goes on with: their draft, as far as they got. A text in this browser that goes on from what the wiki has is the latest; one
 * that doesn't is offered beside it, because another of their editors has gone on as well.
 */
export function openingOf(page: EditedPage | undefined, draft: Draft | null, local: LocalDraft | undefined): Opening {
  const known: Opening =
    draft === null
      ? published(page)
      : {
          title: draft.title,
          body: draft.body.storage.value,
          version: draft.version,
          from: 'draft',
          when: draft.savedAt,
          revision: draft.revision,
        };
  const isSame = local === undefined || (local.title === known.title && local.body === known.body);
  if (isSame) return isAsPublished(page, known) ? { ...published(page), revision: known.revision } : known;
  if (local.basis !== basisOf(page, draft)) return { ...known, offered: local };
  return { ...local, from: 'browser', revision: known.revision };
}

/** Whether a text is what readers see; what nobody has begun is the same as nothing. */
export function isAsPublished(page: EditedPage | undefined, text: DraftText): boolean {
  if (page?.status === 'draft') return false;
  return text.title === (page?.title ?? '') && isBody(text, page?.body.storage.value ?? '');
}
