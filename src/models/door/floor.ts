import { type NewId, type PlumblineError } from '../../base/index.ts';
import { noUsage } from './accounting.ts';
import type { CallReport } from './request.ts';

/** Whether a caller's own rule may answer: a call that was stopped, or refused for its content, gets no answer by rule either. */
export function mayFallToFloor({ code }: PlumblineError): boolean {
  return code.startsWith('model.') || code === 'budget.exceeded';
}

/** How a call came to be answered by rule. @param startedAt by `performance.now()` */
export function floorReport(newId: NewId, failure: PlumblineError, startedAt: number): CallReport {
  const tried = (failure.details['tried'] ?? []) as CallReport['tried'];
  return {
    callId: newId(),
    source: 'floor',
    model: null,
    provider: null,
    reason: `answered by rule: ${failure.code}`,
    tried,
    usage: noUsage,
    cache: 'none',
    latencyMs: performance.now() - startedAt,
  };
}
