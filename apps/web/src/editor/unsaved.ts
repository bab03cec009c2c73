/** Text that isn't saved yet, kept in this browser until it is. */
export interface Unsaved {
  readonly title: string;
  readonly body: string;
  /** The version that it was made from; 0 for a new page. */
  readonly version: number;
  readonly when: string;
}

const keyOf = (user: string, page: string): string => `tributary.unsaved.${user}.${page}`;

export function unsavedText(user: string, page: string): Unsaved | undefined {
  const kept = localStorage.getItem(keyOf(user, page));
  if (kept === null) return undefined;
  try {
    return JSON.parse(kept) as Unsaved;
  } catch {
    // Written by something else: nothing that could be restored.
    return undefined;
  }
}

/** Answers whether there was room for it. */
export function keepUnsaved(user: string, page: string, unsaved: Unsaved): boolean {
  try {
    localStorage.setItem(keyOf(user, page), JSON.stringify(unsaved));
    return true;
  } catch {
    // The browser's room is used up: the editor says so.
    return false;
  }
}

export function forgetUnsaved(user: string, page: string): void {
  localStorage.removeItem(keyOf(user, page));
}
