import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serveFlags } from '../../bin/node-flags.js';

const module = new URL('../../bin/node-flags.js', import.meta.url).href;
const script = `const { restartWith, serveFlags } = await import(${JSON.stringify(module)});
restartWith(serveFlags(3));
console.log(JSON.stringify({ pid: process.pid, flags: process.execArgv, words: process.argv.slice(1) }));`;

/** What a process that restarts itself says at its end. */
function restarted(flags: readonly string[], environment: NodeJS.ProcessEnv = {}): { pid: number; said: unknown } {
  const command = [...flags, '--input-type=module', '--eval', script, 'serve', 'a folder'];
  const { pid, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    timeout: 20_000,
  });
  expect(stderr).toBe('');
  return { pid, said: JSON.parse(stdout) };
}

describe('flags of the process that serves', () => {
  test('helper threads are no more than the processors left, nor than Node’s own four', () => {
    const ofThreads = (flags: readonly string[]) => Number(flags.find((flag) => flag.includes('pool'))?.split('=')[1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 512 }), (processors) => {
        const threads = ofThreads(serveFlags(processors));
        expect(threads).toBeGreaterThanOrEqual(1);
        expect(threads).toBeLessThanOrEqual(Math.max(1, Math.min(4, processors - 1)));
      }),
    );
  });

  test.skipIf(process.platform === 'win32')('a process starts itself anew in its own place, once', () => {
    const { pid, said } = restarted([]);
    expect(said).toMatchObject({ pid, words: ['serve', 'a folder'] });
    expect(said).toMatchObject({ flags: expect.arrayContaining(serveFlags(3)) });
  });

  test('what a user gave stays', () => {
    const given = ['--max-semi-space-size=7', '--allocation-site-pretenuring'];
    const { said } = restarted(given, { NODE_OPTIONS: '--v8-pool-size=2' });
    const { flags } = said as { flags: readonly string[] };
    expect(flags).toEqual(expect.arrayContaining(given));
    expect(flags.some((flag) => serveFlags(3).includes(flag) || flag.includes('pool'))).toBe(false);
  });
});
