import type { OwnRestrictions, Subject } from '../../rest/restrictions';

/** Whom a page is for: everybody whom the space lets, everybody but for editing, or those who are named. */
export type Openness = 'open' | 'readable' | 'closed';

export interface Entry extends Subject {
  readonly mayEdit: boolean;
}

/** Restrictions as they are shown and changed. */
export interface Shown {
  readonly openness: Openness;
  readonly entries: readonly Entry[];
}

const isSame = (one: Subject, other: Subject): boolean => one.kind === other.kind && one.key === other.key;

export function shownOf({ read, update }: OwnRestrictions): Shown {
  const others = update.filter((subject) => !read.some((reader) => isSame(reader, subject)));
  const entries = [...read, ...others].map((subject) => ({
    ...subject,
    // Who edits isn't restricted where nobody is named for it.
    mayEdit: update.length === 0 || update.some((editor) => isSame(editor, subject)),
  }));
  return { openness: read.length > 0 ? 'closed' : update.length > 0 ? 'readable' : 'open', entries };
}

/** Whom a restriction lacks to be one: where nobody is named, the wiki takes everybody for meant. */
export function lackOf({ openness, entries }: Shown): 'restrictions.nobody' | 'restrictions.noEditor' | undefined {
  if (openness === 'open') return undefined;
  if (entries.length === 0) return 'restrictions.nobody';
  return openness === 'closed' && !entries.some(({ mayEdit }) => mayEdit) ? 'restrictions.noEditor' : undefined;
}

/** As they are told to the wiki; undefined while somebody lacks. */
export function restrictionsOf(shown: Shown): OwnRestrictions | undefined {
  if (lackOf(shown) !== undefined) return undefined;
  const { openness, entries } = shown;
  const subjectsOf = (chosen: readonly Entry[]) => chosen.map(({ kind, key, name }) => ({ kind, key, name }));
  if (openness === 'open') return { read: [], update: [] };
  if (openness === 'readable') return { read: [], update: subjectsOf(entries) };
  return { read: subjectsOf(entries), update: subjectsOf(entries.filter(({ mayEdit }) => mayEdit)) };
}

const areSameSubjects = (some: readonly Subject[], others: readonly Subject[]): boolean =>
  some.length === others.length && some.every((subject) => others.some((other) => isSame(subject, other)));

/** Whether two restrictions let the same through, in whatever order they name them. */
export const areSame = (one: OwnRestrictions, other: OwnRestrictions): boolean =>
  areSameSubjects(one.read, other.read) && areSameSubjects(one.update, other.update);

/** With somebody more; whoever is in already stays as they are. */
export const withEntry = (entries: readonly Entry[], subject: Subject): readonly Entry[] =>
  entries.some((entry) => isSame(entry, subject)) ? entries : [...entries, { ...subject, mayEdit: true }];

export const withoutEntry = (entries: readonly Entry[], subject: Subject): readonly Entry[] =>
  entries.filter((entry) => !isSame(entry, subject));
