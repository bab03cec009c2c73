export * from './content.js';
export * from './hierarchy.js';
export * from './labels.js';
export * from './permissions.js';
export * from './properties.js';
export * from './spaces.js';
export * from './versions.js';
export * from './watches.js';
