import { describe, expect, it } from 'vitest';
import { budgetRulesOf } from './budget-rule.ts';
import { windowAt } from './budget-window.ts';
import { Pace } from './pace.ts';

const month = { name: 'month', per: 'tenant', window: 'month', max: { costUsd: 0.1, wallSeconds: 1.5 } };

describe('rules', () => {
  it('are read with their amounts exact', () => {
    expect(budgetRulesOf([{ ...month, feature: 'chat' }])).toEqual([
      {
        kind: 'quota',
        name: 'month',
        per: 'tenant',
        only: { feature: 'chat' },
        window: 'month',
        max: { costNanoUsd: 100_000_000n, wallMs: 1500n },
      },
    ]);
  });

  it.each([
    ['two of one name', [month, month], /two are named "month"/],
    ['an unknown limit', [{ ...month, max: { euros: 1 } }], /./],
    ['no limit', [{ ...month, max: {} }], /./],
    ['a request with a window', [{ ...month, per: 'request' }], /./],
    ['no list', {}, /./],
  ])('are refused with %s', (_, given, problem) => {
    expect(() => budgetRulesOf(given)).toThrow(expect.objectContaining({ code: 'budgets.invalid' }));
    expect(() => budgetRulesOf(given)).toThrow(problem);
  });
});

it('has months of their own length', () => {
  const at = Date.UTC(2028, 1, 29, 23, 59);
  expect(windowAt('month', at)).toEqual({ startMs: Date.UTC(2028, 1, 1), endMs: Date.UTC(2028, 2, 1) });
  expect(windowAt('day', at)).toEqual({ startMs: Date.UTC(2028, 1, 29), endMs: Date.UTC(2028, 2, 1) });
});

describe('a pace', () => {
  const [rule] = budgetRulesOf([{ name: 'p', per: 'user', pace: { calls: 2, perSeconds: 1, burst: 3 } }]);
  const build = () => {
    if (rule?.kind !== 'pace') throw new Error('not a pace');
    return new Pace(rule);
  };

  it('lets a burst through, then the rate, each user for itself', () => {
    const pace = build();
    expect([1, 2, 3].map(() => pace.take('a', 1000))).toEqual([null, null, null]);
    expect(pace.take('a', 1000)).toBe(1500);
    expect(pace.take('a', 1499)).toBe(1500);
    expect(pace.take('a', 1500)).toBe(null);
    expect(pace.take('a', 1500)).toBe(2000);
    expect(pace.take('b', 1500)).toBe(null);
  });

  it('takes back what was not used', () => {
    const pace = build();
    for (let i = 0; i < 3; i++) pace.take('a', 0);
    pace.putBack('a');
    expect(pace.take('a', 0)).toBe(null);
    expect(pace.take('a', 0)).toBe(500);
  });
});
