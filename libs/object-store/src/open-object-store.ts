import { fileURLToPath } from 'node:url';
import { LocalFolderStore } from './local-folder-store.js';
import type { ObjectStore } from './object-store.js';

/** Opens the store that a URL names: `file:///absolute/folder`. Others are an Error that names what is supported. */
export function openObjectStore(url: string): ObjectStore {
  if (url.startsWith('file:')) return new LocalFolderStore(fileURLToPath(url));
  throw new Error('The object store must be a file: URL');
}
