/**
 * Drafts in this browser, for as long as the wiki hasn't got them. A draft that the wiki has is removed here, so that what lies here is what
 * would otherwise be lost.
 */

/** A draft as it lies in this browser. */
export interface LocalDraft {
  readonly title: string;
  readonly body: string;
  /** The page's version that it was made from; 0 for a page that was never published. */
  readonly version: number;
  /** What the wiki had of this draft when this was written: it goes on from that. */
  readonly basis: string;
  /** What it is made under, where the wiki had given it no id. */
  readonly creation?: string | undefined;
  readonly when: string;
}

const store = 'drafts';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tributary', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No database in this browser'));
  });
}

let opened: Promise<IDBDatabase> | undefined;

async function within<T>(mode: IDBTransactionMode, act: (drafts: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  opened ??= open();
  const database = await opened.catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    // A document that goes takes along what wasn't told to be committed.
    transaction.commit();
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('Not kept in this browser'));
  });
}

/** Whose draft of what: no other user of this browser is shown it. */
const keyOf = (user: string, place: string): string[] => [user, place];
const tabKeyOf = (user: string, place: string): string => `tributary.draft.${JSON.stringify(keyOf(user, place))}`;

/**
 * As long as what a document kept while it went may not be in the database: a busy browser breaks off what it hasn't begun to write when the
 * document has gone. What lies in the tab is there at once, for the document that a reload opens.
 */
const tabMillisMax = 60_000;

/** The draft that lies in this browser; undefined too where the browser keeps nothing. */
export async function localDraft(user: string, place: string): Promise<LocalDraft | undefined> {
  const inTab = draftInTab(user, place);
  // A browser that keeps nothing has nothing: the editor opens what the wiki has.
  const inDatabase = await within(
    'readonly',
    (drafts) => drafts.get(keyOf(user, place)) as IDBRequest<LocalDraft | undefined>,
  ).catch(() => undefined);
  return inTab && (!inDatabase || inTab.when > inDatabase.when) ? inTab : inDatabase;
}

/** Throws where the browser has no room left, or keeps nothing at all. */
export async function keepLocally(user: string, place: string, draft: LocalDraft): Promise<void> {
  keepInTab(tabKeyOf(user, place), draft);
  await within('readwrite', (drafts) => drafts.put(draft, keyOf(user, place)));
}

export async function forgetLocally(user: string, place: string): Promise<void> {
  sessionStorage.removeItem(tabKeyOf(user, place));
  await within('readwrite', (drafts) => drafts.delete(keyOf(user, place)));
}

function keepInTab(key: string, draft: LocalDraft): void {
  sessionStorage.removeItem(key);
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A tab has room for some megabytes; the database takes what is longer.
  }
}

function draftInTab(user: string, place: string): LocalDraft | undefined {
  const kept = sessionStorage.getItem(tabKeyOf(user, place));
  const draft = kept === null ? undefined : (JSON.parse(kept) as LocalDraft);
  return draft && Date.now() - Date.parse(draft.when) < tabMillisMax ? draft : undefined;
}
