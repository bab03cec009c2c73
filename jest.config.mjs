/** Unit and service tests that lie beside the code. Tests with whole clusters have their own configuration under test/. */
export default {
  testMatch: ['libs/*', 'apps/*', 'deploy/servers', 'test/servers'].map(
    (folder) => `<rootDir>/${folder}/src/**/*.spec.ts`,
  ),
  // TRIBUTARY_TEST_DATABASE_URL and TRIBUTARY_TEST_NATS_URL: real servers for all specs of a run.
  globalSetup: '<rootDir>/test/servers/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/servers/jest-teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@tributary/servers$': '<rootDir>/deploy/servers/src/index.ts',
    '^@tributary/test-servers$': '<rootDir>/test/servers/src/index.ts',
    '^@tributary/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/'],
};
