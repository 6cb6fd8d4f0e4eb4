import { describe, expect, it } from 'vitest';
import { ownTurn } from './turns.ts';

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
