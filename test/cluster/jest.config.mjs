import specs from '../../jest.config.mjs';

/** Tests with whole clusters: real processes, real faults. Each file starts the cluster that it needs. */
export default {
  ...specs,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/src/**/*.spec.ts'],
  // Clusters that are wrong on purpose: `npm run test:faults` shows that they are found out.
  testPathIgnorePatterns: process.env['TRIBUTARY_FAULTS'] === 'all' ? [] : ['rules-off\\.spec'],
  globalSetup: undefined,
  globalTeardown: undefined,
  testTimeout: 120_000,
};
