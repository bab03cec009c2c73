export { blockSourcesOf, openStorage, type EditorDocument } from './editor-document.js';
export { elementOf, filled, frameOf, slotOf, sourceOf, withAttribute } from './frame.js';
export { markType, nodeType, schema, type MarkName, type NodeName } from './schema/schema.js';
