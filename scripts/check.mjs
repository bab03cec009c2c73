/** `npm run check`: types, lint, dependency rule, the specs beside the code. For use after every change. */
import { fileURLToPath } from 'node:url';
import { lint } from './lint.mjs';
import { runtime } from './runtime.mjs';
import { finish, suite } from './suites.mjs';
import { build, install } from './workspace.mjs';

export function check(tools, args = []) {
  lint(tools);
  suite('Specs', 'jest.config.mjs', args, tools);
}

/** The specs of the command start dozens of servers, those of jobs kill and pause processes: they are for `npm test`. */
const quick = ['--testPathIgnorePatterns', 'command\\.spec', 'job-runs\\.spec'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tools = runtime();
  install(tools);
  build(tools);
  check(tools, [...quick, ...process.argv.slice(2)]);
  finish();
}
