import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { wayToRun } from './requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const suite = `
import { describe, expect, test } from 'vitest';
test('passes', () => {});
test('fails', () => expect(1).toBe(2));
describe.skip('on a server (PLUMB_TEST_REDIS_URL)', () => {
  test('one', () => {});
  test('two', () => {});
});
test('says why', (context) => context.skip('only on Mondays'));
test.skip('says nothing', () => {});
`;

test('a run ends with what was skipped, why, how to run it, and a line that counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-report-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'some.test.ts'), suite);
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { SummaryReporter } from ${JSON.stringify(join(root, 'tests/report/summary-reporter.ts'))};
export default { test: { reporters: [new SummaryReporter()], include: ['*.test.ts'] } };`,
    );
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const { stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContain(
      `  some.test.ts › on a server (PLUMB_TEST_REDIS_URL) (2): ${wayToRun('PLUMB_TEST_REDIS_URL')}`,
    );
    expect(lines).toContain('  some.test.ts › says why (1): only on Mondays');
    expect(lines.join('\n')).toContain('says nothing (1): no reason given');
    expect(lines.at(-1)).toBe('1 passed, 1 failed, 4 skipped.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
