import { expect, test } from 'vitest';
import { runFaults } from './fault-run.ts';

test('1,000 mixed calls under faults in 30 % of the replies: each ends in time, nothing is left, money is exact', async () => {
  const run = await runFaults({ calls: 1_000, seed: 7 });
  expect(run.endings).toHaveLength(1_000);
  expect(run.endings.filter(({ ended }) => ended === 'other')).toEqual([]);
  expect(run.late, `the process itself was up to ${run.loopDelayMs} ms late`).toEqual([]);
  expect(run.faultShare).toBeGreaterThan(0.2);
  for (const kind of ['answer', 'fallback', 'floor', 'typed-error', 'left']) {
    expect(run.endings.filter(({ ended }) => ended === kind).length, kind).toBeGreaterThan(0);
  }
  const refused = run.endings.filter(({ hopeless }) => hopeless);
  expect(refused.map(({ ended }) => ended)).toEqual(Array(25).fill('floor'));
  expect(run.reservationsLeft).toBe(0);
  expect(run.socketsLeft).toBe(0);
  expect(run.resourcesLeft).toEqual({});
  expect(run.mismatches).toEqual([]);
  expect(run.counted).toBeGreaterThan(500);
  expect(run.lostRows).toBeGreaterThan(0);
});
