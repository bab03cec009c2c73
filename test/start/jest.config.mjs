import base from '../../jest.config.mjs';

/** What a newcomer does: a clone, and `npm start`. It brings its own servers. */
const { globalSetup: _setup, globalTeardown: _teardown, ...shared } = base;
export default {
  ...shared,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/start/src/**/*.spec.ts'],
  // The first start may download everything.
  testTimeout: 300_000,
};
