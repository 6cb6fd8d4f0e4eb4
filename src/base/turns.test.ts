import { describe, expect, it } from 'vitest';
import { inTurns, ownTurn } from './turns.ts';

/** Counts turns of the event loop. */
function countTurns(): { readonly now: () => number; readonly stop: () => void } {
  let turns = 0;
  let timer = setImmediate(function tick() {
    turns++;
    timer = setImmediate(tick);
  });
  return { now: () => turns, stop: () => clearImmediate(timer) };
}

describe('ownTurn', () => {
  it('gives each caller a turn of its own, in their order', async () => {
    const turns = countTurns();
    const heard: { readonly caller: number; readonly turn: number }[] = [];
    const step = async (caller: number): Promise<void> => {
      await ownTurn();
      heard.push({ caller, turn: turns.now() });
    };
    await Promise.all([1, 2, 3, 4].map(step));
    turns.stop();
    expect(heard.map(({ caller }) => caller)).toEqual([1, 2, 3, 4]);
    expect(new Set(heard.map(({ turn }) => turn)).size).toBe(4);
  });

  it('goes on when somebody asks again in their turn, and after a pause', async () => {
    for (let again = 0; again < 3; again++) await ownTurn();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await ownTurn();
    expect(await Promise.race([ownTurn().then(() => 'came'), ownTurn().then(() => 'second')])).toBe('came');
  });
});

describe('inTurns', () => {
  it('does long steps each in a turn of its own, in their order', async () => {
    const turns = countTurns();
    const done: { readonly item: number; readonly turn: number }[] = [];
    await inTurns([1, 2, 3], (item) => {
      done.push({ item, turn: turns.now() });
      const until = performance.now() + 2;
      while (performance.now() < until);
    });
    turns.stop();
    expect(done.map(({ item }) => item)).toEqual([1, 2, 3]);
    expect(new Set(done.map(({ turn }) => turn)).size).toBe(3);
  });

  it('does short steps together', async () => {
    const turns = countTurns();
    const seen = new Set<number>();
    await inTurns(
      Array.from({ length: 1000 }, (_, i) => i),
      () => seen.add(turns.now()),
    );
    turns.stop();
    expect(seen.size).toBeLessThan(100);
  });

  it('ends with the error of a step, and does no later one', async () => {
    const done: number[] = [];
    const work = inTurns([1, 2, 3], (item) => {
      if (item === 2) throw new RangeError('too many');
      done.push(item);
    });
    await expect(work).rejects.toThrow('too many');
    expect(done).toEqual([1]);
  });
});
