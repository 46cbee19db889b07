import { defineConfig } from 'vitest/config';

const shared = {
  environment: 'node',
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // Machines that run this are shared: what is waited for may take its time.
  expect: { poll: { timeout: 15_000 } },
} as const;
/** Inputs of properties are drawn in these projects. */
const drawn = { ...shared, setupFiles: ['tools/property-seed.ts'] };
const resolve = { conditions: ['clearway-source'] };
const ssr = { resolve: { conditions: ['clearway-source'], externalConditions: ['clearway-source'] } };
// The environment in which vitest runs global set-up does not inherit the conditions above.
const environments = { __vitest__: { resolve } };

/** A failure at every query, one after the other: too long for each change, so `npm run check` alone runs them. */
const SWEEPS = 'packages/*/src/**/crash.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './tools/count-reporter.ts'],
    projects: [
      {
        resolve,
        ssr,
        environments,
        test: {
          ...drawn,
          name: 'fast',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'conformance/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', SWEEPS],
          globalSetup: ['packages/server/src/testing/global-setup.ts'],
        },
      },
      {
        resolve,
        ssr,
        environments,
        test: {
          ...drawn,
          name: 'sweep',
          include: [SWEEPS],
          testTimeout: 120_000,
          globalSetup: ['packages/server/src/testing/global-setup.ts'],
        },
      },
      {
        resolve,
        ssr,
        environments,
        test: {
          ...shared,
          name: 'e2e',
          include: ['e2e/**/*.test.ts', 'examples/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
