import { expect, it } from 'vitest';
import { PlumblineError } from '../base/index.ts';
import { BudgetExceeded } from '../models/index.ts';
import { limitHeaders } from './limit-headers.ts';
import { problemOf } from './problem.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const refusal = {
  rule: 'chat “day”',
  per: 'user',
  dimension: 'calls',
  limit: 100n,
  left: { calls: 3n },
  resetAtMs: NOW + 30_500,
  windowSeconds: 60,
} as const;

it('says when a budget is renewed', () => {
  const error = new BudgetExceeded([refusal, { ...refusal, resetAtMs: NOW + 1 }], refusal.left);
  expect(problemOf(error, 'r')).toMatchObject({ status: 429, code: 'budget.exceeded', details: { remaining: 3 } });
  expect(limitHeaders(error, NOW)).toEqual({
    'retry-after': '31',
    ratelimit: '"chat ?day?";r=3;t=31',
    'ratelimit-policy': '"chat ?day?";q=100;w=60',
  });
  expect(() => new Headers(limitHeaders(error, NOW))).not.toThrow();
});

it('does not send anyone to wait for what is never renewed', () => {
  const error = new BudgetExceeded([refusal, { ...refusal, resetAtMs: null }], refusal.left);
  expect(limitHeaders(error, NOW)).toEqual({ 'ratelimit-policy': '"chat ?day?";q=100' });
  expect(error.message).toContain('It is not renewed');
});

it('adds nothing to other errors', () => {
  expect(limitHeaders(new PlumblineError({ code: 'a.b', kind: 'limit', message: 'No.' }), NOW)).toEqual({});
});
