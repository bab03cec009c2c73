export { element, macro, storage, text, type Buildable, type MacroBody } from './builder.js';
export { canonicalStorage } from './canonical.js';
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
export { StorageFormatError, type StorageFormatErrorCode } from './errors.js';
export { linksOf, type StorageLink } from './links.js';
export { isMacro, macroCallOf, type MacroCall } from './macro-call.js';
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
export { textOf } from './text.js';
export { elementsBelow } from './walk.js';
