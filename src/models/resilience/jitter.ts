const BASE_MS = 200;
const CAP_MS = 10_000;

/**
 * Full jitter: a wait drawn evenly from 0 to the exponential limit, which spreads callers that failed together best.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param attempt 1 before the second attempt, 2 before the third, …
 * @param random 0 … 1, exclusive
 * @returns milliseconds
 */
export function fullJitterMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)));
}
