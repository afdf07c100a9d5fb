/**
 * What `npm test` runs, in this order. A stage with `counts` writes how many of its tests passed and failed; any other
 * one is a test by itself. One with `named` runs only when it is asked for by its name. One that hangs for its `minutes`,
 * 30 without, ends as failed.
 */
const tsx = ['--import', 'tsx'];
const mocha = (glob, timeout) => [
  'node_modules/mocha/bin/mocha.js',
  ...['--reporter', 'test/setup/reporter.cjs', '--timeout', String(timeout), glob],
];
const servers = ['npm', 'debian'];

export const stages = [
  { name: 'types', needs: ['npm'], args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'lint', needs: ['npm'], args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'format', needs: ['npm'], args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'build', needs: ['npm'], counts: true, args: ['test/setup/gates.mjs'] },
  { name: 'unit', needs: ['npm'], counts: true, args: mocha('test/unit/**/*.test.ts', 60_000) },
  { name: 'mutants', needs: ['npm'], args: [...tsx, 'test/mutants/main.ts'] },
  {
    name: 'integration',
    needs: servers,
    counts: true,
    minutes: 60,
    args: mocha('test/integration/**/*.test.ts', 160_000),
  },
  {
    name: 'galera',
    needs: ['npm', 'galera'],
    counts: true,
    args: mocha('test/galera/**/*.test.ts', 160_000),
  },
  {
    name: 'faults',
    needs: servers,
    counts: true,
    named: true,
    args: mocha('test/faults/**/*.test.ts', 160_000),
  },
  {
    name: 'mysql',
    needs: [...servers, 'mysql'],
    counts: true,
    named: true,
    args: mocha('test/mysql/**/*.test.ts', 60_000),
  },
  {
    name: 'extension-newest',
    needs: [...servers, 'newest'],
    counts: true,
    args: [...tsx, 'test/extension/run.ts', 'newest'],
  },
  {
    name: 'extension-oldest',
    needs: [...servers, 'oldest'],
    counts: true,
    args: [...tsx, 'test/extension/run.ts', 'oldest'],
  },
  {
    name: 'workbench',
    needs: [...servers, 'newest'],
    counts: true,
    args: mocha('test/workbench/**/*.test.ts', 300_000),
  },
  {
    name: 'openstack',
    needs: ['npm', 'openstack'],
    counts: true,
    named: true,
    minutes: 90,
    args: mocha('test/openstack/suite/**/*.test.ts', 600_000),
  },
];
