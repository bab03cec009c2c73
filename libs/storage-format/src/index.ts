export { element, macro, storage, text, type Buildable, type MacroBody } from './builder.js';
export { canonicalStorage } from './canonical.js';
export { copiedBody } from './copied.js';
export {
  attributeOf,
  charactersOf,
  childOf,
  childrenOf,
  type StorageAttribute,
  type StorageCdata,
  type StorageComment,
  type StorageDocument,
  type StorageElement,
  type StorageInstruction,
  type StorageNode,
  type StorageText,
} from './document.js';
export { emoticonCharacters } from './emoticons.js';
export { StorageFormatError, type StorageFormatErrorCode } from './errors.js';
export { markerRefsOf, withInlineMarker, type Selection } from './inline-markers.js';
export { linksOf, type StorageLink } from './links.js';
export { isMacro, macroCallOf, type MacroCall } from './macro-call.js';
export type { MacroDeclaration } from './macros/macro.js';
export type { ParameterForm } from './macros/parameters.js';
export { macroDeclarations } from './macros/registry.js';
export { macrosOf } from './macros-used.js';
export { DEFAULT_PARSE_LIMITS, parseStorage, type ParseLimits } from './parse.js';
export type {
  AttachmentReference,
  ContentReference,
  PageReference,
  ReferenceBase,
  Target,
  TitleReference,
  UserReference,
} from './references.js';
export type * from './render/context.js';
export { renderView, type RenderOptions } from './render/render-view.js';
export { serialiseStorage } from './serialise.js';
export { tasksOf, withTaskStatus } from './task-status.js';
export { textOf } from './text.js';
export { withReferences, type WrittenReference } from './title-references.js';
export { elementsBelow } from './walk.js';
export { withNodes } from './with-children.js';
export { storageOfWiki } from './wiki-markup/wiki-markup.js';
