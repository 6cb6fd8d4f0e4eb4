import { expect, test } from 'vitest';
import { Coalesced } from './coalesced.ts';

test('never overlaps, and whoever asks during a run gets one that began afterwards', async () => {
  let running = 0;
  let runs = 0;
  let gate = Promise.withResolvers<void>();
  const work = new Coalesced(async () => {
    expect(++running).toBe(1);
    runs++;
    await gate.promise;
    running--;
  });
  const first = work.request();
  const shared = [work.request(), work.request()];
  expect(shared[0]).toBe(shared[1]);
  gate.resolve();
  await first;
  gate = Promise.withResolvers();
  gate.resolve();
  await Promise.all(shared);
  expect(runs).toBe(2);
  await work.settled();
});

test('a failure is for those who asked for that run only', async () => {
  let runs = 0;
  const work = new Coalesced(() => (++runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve()));
  const first = work.request();
  const second = work.request();
  await expect(first).rejects.toThrow('first');
  await expect(second).resolves.toBeUndefined();
});
