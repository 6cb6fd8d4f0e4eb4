import { fromUnknown, type PlumblineError } from '../../base/index.ts';
import { ModelFailed } from '../resilience/failures.ts';
import { ModelsExhausted } from './errors.ts';
import { Leg } from './leg.ts';
import type { PreparedCall } from './prepare.ts';
import type { CallReport, TriedModel } from './request.ts';
import type { DoorServices } from './services.ts';

/** An answer and the leg it came on, which its caller has to finish. */
export interface Answered<T> {
  readonly leg: Leg;
  readonly result: T;
  readonly tried: readonly TriedModel[];
}

/**
 * Asks the candidates one after the other until one answers. Failed legs are finished here; the one that answered is not.
 * @throws PlumblineError `model.exhausted`, `budget.exceeded` when that kept every model from being asked, and what the
 *   call's end says
 */
export async function callModels<T>(
  services: DoorServices,
  call: PreparedCall,
  perform: (leg: Leg) => Promise<T>,
): Promise<Answered<T>> {
  const tried: TriedModel[] = [];
  let last: PlumblineError | null = null;
  for (let position = 0; position < call.route.candidates.length; position++) {
    const leg = new Leg(services, call, position);
    try {
      return { leg, result: await perform(leg), tried };
    } catch (thrown) {
      last = failureOf(thrown, { leg, call });
      tried.push({ model: leg.model.id, code: last.code });
    }
  }
  const failure = last as PlumblineError;
  throw tried.every(({ code }) => code === BUDGET_EXCEEDED)
    ? failure
    : new ModelsExhausted(call.basics.task, tried, failure);
}

const BUDGET_EXCEEDED = 'budget.exceeded';

/** Ends the leg. What another model may do better comes back; everything else is thrown. */
function failureOf(thrown: unknown, at: { readonly leg: Leg; readonly call: PreparedCall }): PlumblineError {
  const { leg, call } = at;
  if (call.end.signal.aborted) {
    const ended = fromUnknown(call.end.signal.reason);
    leg.finish('aborted', { errorCode: ended.code });
    throw ended;
  }
  const error = fromUnknown(thrown);
  leg.finish('failed', { errorCode: error.code });
  const goesOn = error instanceof ModelFailed || error.code === BUDGET_EXCEEDED;
  if (!goesOn) throw error;
  return error;
}

/** How the call came to its reply. */
export function reportOf(call: PreparedCall, answered: Answered<unknown>): CallReport {
  const { leg, tried } = answered;
  return {
    callId: call.callId,
    source: 'model',
    model: leg.model.id,
    provider: leg.model.provider.id,
    reason: leg.reason,
    tried,
    usage: leg.usage,
    cache: leg.usage.cachedInputTokens > 0 ? 'provider' : 'none',
    latencyMs: performance.now() - call.startedAt,
  };
}
