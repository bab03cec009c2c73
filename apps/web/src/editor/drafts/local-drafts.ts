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

/** The draft that lies in this browser; undefined too where the browser keeps nothing. */
export async function localDraft(user: string, place: string): Promise<LocalDraft | undefined> {
  try {
    return (
      (await within('readonly', (drafts) => drafts.get(keyOf(user, place)) as IDBRequest<LocalDraft>)) ?? undefined
    );
  } catch {
    // A browser that keeps nothing has nothing: the editor opens what the wiki has.
    return undefined;
  }
}

/** Throws where the browser has no room left, or keeps nothing at all. */
export async function keepLocally(user: string, place: string, draft: LocalDraft): Promise<void> {
  await within('readwrite', (drafts) => drafts.put(draft, keyOf(user, place)));
}

export async function forgetLocally(user: string, place: string): Promise<void> {
  await within('readwrite', (drafts) => drafts.delete(keyOf(user, place)));
}
