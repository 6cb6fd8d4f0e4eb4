/** The stretch of time a budget is for; it starts anew at the full minute, at 00:00 UTC, on the first of the month. */
export type WindowKind = 'minute' | 'day' | 'month';

/** Half-open, milliseconds since 1970 UTC. `endMs` is Infinity for what never starts anew. */
export interface BudgetWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** A window without end: of a request or a run. */
export const ENDLESS: BudgetWindow = { startMs: 0, endMs: Number.POSITIVE_INFINITY };

const LENGTH_MS = { minute: 60_000, day: 86_400_000 } as const;

/** The window that holds the moment. @param atMs milliseconds since 1970 UTC */
export function windowAt(kind: WindowKind, atMs: number): BudgetWindow {
  if (kind === 'month') {
    const at = new Date(atMs);
    const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
    return { startMs: Date.UTC(year, month, 1), endMs: Date.UTC(year, month + 1, 1) };
  }
  const length = LENGTH_MS[kind];
  const startMs = Math.floor(atMs / length) * length;
  return { startMs, endMs: startMs + length };
}
