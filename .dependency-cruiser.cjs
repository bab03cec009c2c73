/** What may depend on what. Read from the compiled programs, because the compiler of this workspace is no library to parse with. */
module.exports = {
  forbidden: [
    {
      name: 'no-app-imports-another',
      comment: 'Services meet in messages only: a contract in libs/contracts.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-library-imports-an-app',
      severity: 'error',
      from: { path: '^(libs|deploy)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'only-specs-import-test-servers',
      severity: 'error',
      from: { path: '^(libs|deploy)/', pathNot: '\\.spec\\.js$' },
      to: { path: '^test/' },
    },
    {
      name: 'only-the-command-runs-servers',
      comment: 'A service is given its servers by its environment.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^apps/tributary/', '\\.spec\\.js$'] },
      to: { path: '^(deploy|test)/' },
    },
    {
      name: 'pure-libraries-import-nothing-of-ours',
      comment: 'contracts, storage-format, cql and demo-space are values in, values out: anyone may use them anywhere.',
      severity: 'error',
      from: { path: '^libs/(contracts|storage-format|cql|demo-space)/' },
      to: { path: '^(apps|libs|deploy|test)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'no-way-around-a-package',
      comment: "Another package's files are reached through its index only.",
      severity: 'error',
      from: { path: '^(?:apps|libs|deploy|test)/([^/]+)/' },
      to: { path: '^(libs|deploy)/', pathNot: ['^(?:libs|deploy)/$1/', '^(?:libs|deploy)/[^/]+/dist/index\\.js$'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'all-imports-exist', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    exclude: { path: ['/src/', '\\.d\\.ts$', '^apps/web/', '^test/(?!servers/)'] },
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    parser: 'acorn',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
};
