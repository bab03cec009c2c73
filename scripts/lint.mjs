/** `npm run lint`: what can be said without running anything. */
import { fileURLToPath } from 'node:url';
import { runtime } from './runtime.mjs';
import { finish, step } from './suites.mjs';
import { build, install } from './workspace.mjs';

export function lint({ env }) {
  step('Lint', 'oxlint', ['--max-warnings=0'], env);
  step('Dependency rule', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'deploy', 'test'], env);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tools = runtime();
  install(tools);
  build(tools);
  lint(tools);
  finish();
}
