import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { SummaryReporter } from './tests/report/summary-reporter.ts';

const packageTests = 'tests/package/**/*.test.ts';

/** A project of Vitest; all share the reporter and the time limits below. */
function project(name: string, include: string[], options: ViteUserConfig['test'] = {}) {
  return { extends: true as const, test: { ...options, name, include } };
}

/** With PLUMB_TEST_RESULTS=FOLDER each run also leaves its results there as JSON; .ci/run sums them. */
function reporters(): NonNullable<NonNullable<ViteUserConfig['test']>['reporters']> {
  const folder = process.env['PLUMB_TEST_RESULTS'];
  const always = ['default' as const, new SummaryReporter()];
  return folder === undefined ? always : [...always, ['json', { outputFile: join(folder, `${process.pid}.json`) }]];
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['./tests/setup/loopback-only.ts'],
    reporters: reporters(),
    // One per core, not one fewer: most tests wait for a process, a disk or a socket.
    maxWorkers: availableParallelism(),
    projects: [
      project('unit', ['{src,tests,samples,bench}/**/*.test.ts'], { exclude: [packageTests, '**/node_modules/**'] }),
      // Packs and installs the package: talks to the registry, takes a minute, hence alone and only when asked for.
      project('package', [packageTests], { testTimeout: 600_000, hookTimeout: 600_000 }),
      // The same crash suite as in `unit`, ten times as often.
      project('crash', ['tests/crash/**/*.test.ts'], { env: { PLUMB_CRASH_RUNS: '50' }, testTimeout: 1_800_000 }),
    ],
  },
});
