import specs from '../../jest.config.mjs';

/** The REST API as a client sees it, through two gateways of one cluster that all specs share. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/rest/src/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/rest/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/rest/jest-teardown.mjs',
  testTimeout: 60_000,
};
