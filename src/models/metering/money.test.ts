import fc from 'fast-check';
import { expect, it } from 'vitest';
import { costOf, nanoUsdOf, usdOf, usdText } from './money.ts';

it('writes and reads every amount exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (nano) => {
      expect(nanoUsdOf(usdText(nano))).toBe(nano);
    }),
  );
});

it('keeps amounts up to a million dollars exact as numbers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), (nano) => {
      expect(nanoUsdOf(usdOf(nano).toFixed(9))).toBe(nano);
    }),
  );
});

it.each([
  [0.1, 100_000_000n],
  ['0.000000001', 1n],
  [1e-7, 100n],
  [1e-9, 1n],
  [12, 12_000_000_000n],
])('reads %s dollars', (usd, nano) => expect(nanoUsdOf(usd)).toBe(nano));

it.each([-1, Number.NaN, 1e-10, 1.5e-9, '1e3', '0.1234567891', ''])('refuses %s dollars', (usd) => {
  expect(() => nanoUsdOf(usd)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
});

it('reckons a reply exactly and rounds up once', () => {
  const tokens = fc.nat(10_000_000);
  const nano = fc.bigInt({ min: 0n, max: 10n ** 15n });
  const reply = fc.record({ inputTokens: tokens, cached: tokens, written: tokens, outputTokens: tokens });
  const prices = fc.record({
    inputNanoUsdPerMillion: nano,
    outputNanoUsdPerMillion: nano,
    cachedInputNanoUsdPerMillion: nano,
    cacheWriteNanoUsdPerMillion: nano,
  });
  fc.assert(
    fc.property(reply, prices, ({ inputTokens, cached, written, outputTokens }, price) => {
      const cachedInputTokens = Math.min(cached, inputTokens);
      const cacheWriteInputTokens = Math.min(written, inputTokens - cachedInputTokens);
      const millionths =
        BigInt(inputTokens - cachedInputTokens - cacheWriteInputTokens) * price.inputNanoUsdPerMillion +
        BigInt(cachedInputTokens) * price.cachedInputNanoUsdPerMillion +
        BigInt(cacheWriteInputTokens) * price.cacheWriteNanoUsdPerMillion +
        BigInt(outputTokens) * price.outputNanoUsdPerMillion;
      const usage = { inputTokens, cachedInputTokens, cacheWriteInputTokens, outputTokens };
      const tooMuch = costOf(usage, price) * 1_000_000n - millionths;
      expect(tooMuch).toBeGreaterThanOrEqual(0n);
      expect(tooMuch).toBeLessThan(1_000_000n);
    }),
  );
});
