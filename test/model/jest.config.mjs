import specs from '../../jest.config.mjs';

/** The protocol as a model, searched by SPIN. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/model/src/**/*.spec.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
  testTimeout: 300_000,
};
