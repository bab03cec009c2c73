export { openStorage, type EditorDocument } from './editor-document.js';
export { elementOf, filled, frameOf, slotOf, sourceOf, withAttribute } from './frame.js';
export { bodyParts, insideOf, isLineSource, tagsOf, type BodyPart, type Inside } from './outline.js';
export { sharedEnds } from './shared-ends.js';
export { markType, nodeType, schema, type MarkName, type NodeName } from './schema/schema.js';
