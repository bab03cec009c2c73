import specs from '../../jest.config.mjs';

/** Real clients of Confluence, unmodified, with only the address and credentials of a cluster that each file starts. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/clients/src/**/*.spec.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
  // All of Django's documentation takes minutes: `npm run demo`.
  testTimeout: 900_000,
};
