/** What a model costs, nano-dollars (10⁻⁹ USD) per million tokens; ≥ 0. */
export interface ModelPrice {
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  /** Input the provider reads from its prompt cache. */
  readonly cachedInputNanoUsdPerMillion: bigint;
  /** Input the provider writes to its prompt cache. */
  readonly cacheWriteNanoUsdPerMillion: bigint;
}

/** Tokens of one reply, by what they are billed as. All ≥ 0. */
export interface BilledTokens {
  /** Neither read from nor written to the provider's cache. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
}

const TOKENS_PER_PRICE = 1_000_000n;
const NANO_DIGITS = 9;

/**
 * Dollars as a registry file says them → nano-dollars, exactly.
 * @param usd decimal notation with at most nine decimals, for example `0.15`
 * @returns null when it is negative, has more decimals, or is no decimal number
 */
export function nanoUsd(usd: string): bigint | null {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(usd);
  if (match === null) return null;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole + fraction.padEnd(NANO_DIGITS, '0'));
}

/** What one reply costs, nano-dollars, rounded up once. */
export function costNanoUsd(price: ModelPrice, tokens: BilledTokens): bigint {
  const exact =
    BigInt(tokens.input) * price.inputNanoUsdPerMillion +
    BigInt(tokens.cacheRead) * price.cachedInputNanoUsdPerMillion +
    BigInt(tokens.cacheWrite) * price.cacheWriteNanoUsdPerMillion +
    BigInt(tokens.output) * price.outputNanoUsdPerMillion;
  return (exact + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE;
}
