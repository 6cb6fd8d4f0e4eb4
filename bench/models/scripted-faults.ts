import type { TestFault } from '../../src/models/testing.ts';
import { below, pick, type Random } from '../corpus/random.ts';

/** What goes wrong in this share of the requests. */
const FAULT_SHARE = 0.3;

/** What no retry mends: the next model is asked at once. */
export const REFUSED: TestFault = { kind: 'status', status: 400 };

const kinds: readonly ((random: Random) => TestFault)[] = [
  (random) => ({ kind: 'status', status: 429, ...(random() < 0.5 && { retryAfter: '0' }) }),
  (random) => ({ kind: 'status', status: pick(random, [500, 502, 503, 529]) }),
  () => REFUSED,
  () => ({ kind: 'stall' }),
  () => ({ kind: 'refuse' }),
  () => ({ kind: 'malformed' }),
  (random) => ({ kind: 'drop', afterFrames: below(random, 5) }),
  (random) => ({ kind: 'hang', afterFrames: below(random, 5) }),
  (random) => ({ kind: 'drip', pauseMs: 1 + below(random, 8) }),
  () => ({ kind: 'no-usage' }),
];

/** A fault for 30 % of the requests, every kind equally often; null: all goes well. */
export function drawFault(random: Random): TestFault | null {
  return random() < FAULT_SHARE ? pick(random, kinds)(random) : null;
}
