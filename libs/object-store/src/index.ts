export { LocalFolderStore } from './local-folder-store.js';
export {
  newObjectKey,
  ObjectMissingError,
  ObjectTooLargeError,
  type ByteRange,
  type ObjectStore,
  type StoredObject,
} from './object-store.js';
export { openObjectStore } from './open-object-store.js';
