import { expect, test } from 'vitest';
import { WritePace } from './write-pace.ts';

const NEVER = new AbortController().signal;

/** Whether it resolves before anything that takes time. */
async function isAtOnce(turn: Promise<void>): Promise<boolean> {
  return await Promise.race([
    turn.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);
}

test('the first write begins at once, the next waits for its time or to be hurried', async () => {
  const pace = new WritePace({ everyMs: 1_000_000 });
  expect(await isAtOnce(pace.turn(NEVER))).toBe(true);
  const second = pace.turn(NEVER);
  expect(await isAtOnce(second)).toBe(false);
  pace.hurry();
  await second;
  pace.hurry();
  expect(await isAtOnce(pace.turn(NEVER))).toBe(true);
});

test('a write whose time has come waits no longer', async () => {
  const pace = new WritePace({ everyMs: 1 });
  await pace.turn(NEVER);
  await pace.turn(NEVER);
  await pace.turn(NEVER);
});

test('waiting ends with the signal’s reason', async () => {
  const pace = new WritePace({ everyMs: 1_000_000 });
  const stop = new AbortController();
  await pace.turn(stop.signal);
  const waiting = pace.turn(stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
