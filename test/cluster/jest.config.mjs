import specs from '../../jest.config.mjs';

/** Tests with whole clusters: real processes, real faults. Each file starts the cluster that it needs. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/src/**/*.spec.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
  testTimeout: 120_000,
};
