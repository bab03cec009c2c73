export { openStorage, type EditorDocument } from './editor-document.js';
export { elementOf, filled, frameOf, slotOf, sourceOf, withAttribute } from './frame.js';
export { schema } from './schema/schema.js';
