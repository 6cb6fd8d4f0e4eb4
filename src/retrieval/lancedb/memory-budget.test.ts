import { describe, expect, it } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';

const cache = (name: string, forgotten: string[]) => ({ forget: () => void forgotten.push(name) });

describe('MemoryBudget', () => {
  it('makes the cache forget that was not used for longest', () => {
    const forgotten: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => cache(name, forgotten)) as [never, never, never];
    const budget = new MemoryBudget(100);
    budget.holds(a, 40);
    budget.holds(b, 40);
    budget.holds(a, 45);
    expect(forgotten).toEqual([]);
    budget.holds(c, 30);
    expect(forgotten).toEqual(['b']);
    budget.holds(c, 55);
    expect(forgotten).toEqual(['b']);
  });

  it('makes a cache forget that is too large by itself', () => {
    const forgotten: string[] = [];
    const budget = new MemoryBudget(100);
    const a = cache('a', forgotten);
    budget.holds(cache('b', forgotten), 10);
    budget.holds(a, 101);
    expect(forgotten).toEqual(['b', 'a']);
    budget.holds(a, 100);
    expect(forgotten).toHaveLength(2);
  });
});
