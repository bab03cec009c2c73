export { addDemoSpace, demoSpaceKey, removeDemoSpace, type DemoLanguage, type Send } from './demo-space.js';
