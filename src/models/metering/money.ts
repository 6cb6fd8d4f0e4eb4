import { PlumblineError } from '../../base/index.ts';
import type { CallUsage, UnitPrice } from '../door/ports.ts';

const NANO_PER_USD = 1_000_000_000n;
const TOKENS_PER_PRICE = 1_000_000n;

/** An amount of money that is no exact number of nano-dollars. */
class MoneyInvalid extends PlumblineError {
  constructor(given: number | string) {
    super({
      code: 'money.invalid',
      kind: 'caller',
      message: `${JSON.stringify(given)} is no amount in dollars. Allowed: a decimal number ≥ 0 with at most nine decimals, for example 0.25.`,
    });
  }
}

/**
 * Dollars as a person writes them → nano-dollars (10⁻⁹ USD), exactly.
 * @param usd ≥ 0, at most nine decimals; a number stands for the decimal JavaScript prints for it
 * @throws PlumblineError `money.invalid`
 */
export function nanoUsdOf(usd: number | string): bigint {
  const text = typeof usd === 'number' && usd !== 0 && usd < 1e-6 ? usd.toFixed(9) : String(usd);
  if (typeof usd === 'number' && Number(text) !== usd) throw new MoneyInvalid(usd);
  const parts = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (parts === null) throw new MoneyInvalid(usd);
  return BigInt(parts[1] ?? '0') * NANO_PER_USD + BigInt((parts[2] ?? '').padEnd(9, '0'));
}

/** Nano-dollars as an exact decimal number of dollars, without trailing zeros: `1500000n` → `0.0015`. */
export function usdText(nanoUsd: bigint): string {
  const sign = nanoUsd < 0n ? '-' : '';
  const digits = (nanoUsd < 0n ? -nanoUsd : nanoUsd).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

/** Nano-dollars → dollars for the wire: the nearest double, which prints every nano-dollar up to a million dollars (15 digits). */
export function usdOf(nanoUsd: bigint): number {
  return Number(usdText(nanoUsd));
}

/**
 * What a reply costs, nano-dollars: each kind of token at its price, summed exactly and rounded up once. Input tokens that
 * the provider read from its prompt cache, or wrote to it, are part of the input tokens and paid at their own prices.
 */
export function costOf(usage: Omit<CallUsage, 'costNanoUsd' | 'estimated'>, price: UnitPrice): bigint {
  const input = BigInt(usage.inputTokens);
  const read = smaller(BigInt(usage.cachedInputTokens), input);
  const written = smaller(BigInt(usage.cacheWriteInputTokens ?? 0), input - read);
  const total =
    (input - read - written) * price.inputNanoUsdPerMillion +
    read * price.cachedInputNanoUsdPerMillion +
    written * price.cacheWriteNanoUsdPerMillion +
    BigInt(usage.outputTokens) * price.outputNanoUsdPerMillion;
  return (total + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
