import specs from '../../jest.config.mjs';

/** A real Chromium before a real cluster of two gateways, which all files share. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/src/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/browser/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/browser/jest-teardown.mjs',
  testTimeout: 60_000,
};
