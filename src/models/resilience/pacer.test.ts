import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pacer } from './pacer.ts';
import { retryAfterMs } from './retry-after.ts';

test('no window of a minute holds more than the allowance and one burst', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), gaps, (perMinute, waits) => {
      const pacer = new Pacer(perMinute);
      let now = 1_000_000;
      const sent = waits.map((gap) => (now += gap) + pacer.take(now, 1));
      for (const start of sent) {
        const inMinute = sent.filter((time) => time >= start && time < start + 60_000).length;
        expect(inMinute).toBeLessThanOrEqual(perMinute + Math.max(1, perMinute / 12) + 1);
      }
    }),
    { numRuns: 50 },
  );
});

test('a provider that asks for a pause gets it', () => {
  const pacer = new Pacer(null);
  pacer.pauseUntil(5_000);
  expect(pacer.take(2_000, 1)).toBe(3_000);
  expect(pacer.take(6_000, 1)).toBe(0);
});

test('Retry-After is read as seconds or as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfterMs('2', now)).toBe(2_000);
  expect(retryAfterMs('0.5', now)).toBe(500);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:03 GMT', now)).toBe(3_000);
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  for (const text of [undefined, '', '-5', 'soon']) expect(retryAfterMs(text, now)).toBeNull();
});
