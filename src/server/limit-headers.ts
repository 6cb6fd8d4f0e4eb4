import { BudgetExceeded } from '../models/index.ts';

/**
 * What tells a client when to come back after a budget refused it: `Retry-After` in seconds (RFC 9110 §10.2.3), and
 * `RateLimit`, `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). A budget that is never renewed, as that of one
 * request, has no `Retry-After`. Empty for other errors.
 */
export function limitHeaders(error: unknown, nowMs: number): Record<string, string> {
  if (!(error instanceof BudgetExceeded)) return {};
  const { rule, limit, remaining, windowSeconds } = error.details;
  const name = JSON.stringify(rule).replace(/[^\x20-\x7e]/g, '?');
  const quota = `${name};q=${Math.floor(Number(limit))}`;
  if (error.resetAtMs === null) return { 'ratelimit-policy': quota };
  const seconds = Math.max(1, Math.ceil((error.resetAtMs - nowMs) / 1000));
  return {
    'retry-after': String(seconds),
    ratelimit: `${name};r=${Math.floor(Number(remaining))};t=${seconds}`,
    'ratelimit-policy': `${quota};w=${Math.ceil(Number(windowSeconds))}`,
  };
}
