import type { Restrictions, Subject } from '../../rest/restrictions';

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

export function shownOf({ read, update }: Restrictions): Shown {
  const others = update.filter((subject) => !read.some((reader) => isSame(reader, subject)));
  const entries = [...read, ...others].map((subject) => ({
    ...subject,
    // Who edits isn't restricted where nobody is named for it.
    mayEdit: update.length === 0 || update.some((editor) => isSame(editor, subject)),
  }));
  return { openness: read.length > 0 ? 'closed' : update.length > 0 ? 'readable' : 'open', entries };
}

export function restrictionsOf({ openness, entries }: Shown): Omit<Restrictions, 'above'> {
  const subjects = entries.map(({ kind, key, name }) => ({ kind, key, name }));
  if (openness === 'open') return { read: [], update: [] };
  if (openness === 'readable') return { read: [], update: subjects };
  const update = subjects.filter((subject) => entries.some((entry) => entry.mayEdit && isSame(entry, subject)));
  return { read: subjects, update };
}

/** With somebody more; whoever is in already stays as they are. */
export const withEntry = (entries: readonly Entry[], subject: Subject): readonly Entry[] =>
  entries.some((entry) => isSame(entry, subject)) ? entries : [...entries, { ...subject, mayEdit: true }];

export const withoutEntry = (entries: readonly Entry[], subject: Subject): readonly Entry[] =>
  entries.filter((entry) => !isSame(entry, subject));
