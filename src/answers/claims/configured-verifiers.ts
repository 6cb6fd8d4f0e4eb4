import type { TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import type { ModelCalls, NliModel } from '../../models/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { ClaimVerifier } from './claim-verifier.ts';
import { judgeVerifier } from './judge/judge-verifier.ts';
import { modelJudge } from './judge/model-judge.ts';
import { nliVerifier } from './nli/nli-verifier.ts';

/** What the levels beyond the free ones need. */
export interface VerifierParts {
  readonly modelsFor: (collection: Collection) => Pick<ModelCalls, 'has' | 'object'>;
  /** Null: none is configured. */
  readonly nli: NliModel | null;
  readonly log: Log;
}

/**
 * The levels that are configured beyond *quote* and *local*, for a caller and a collection: an inference model looks at all that is neither
 * supported nor contradicted; a model declared for the task `judge` at what is still unsure then.
 */
export function configuredVerifiers({
  modelsFor,
  nli,
  log,
}: VerifierParts): (context: TenantContext, collection: Collection) => ClaimVerifier[] {
  const failed =
    (level: string) =>
    ({ code }: { readonly code: string }) =>
      log.warn('A level of verification failed; the verdict before it stands.', { level, code });
  const free = nli === null ? [] : [nliVerifier(nli, failed('nli'))];
  return (context, collection) => {
    const models = modelsFor(collection);
    if (!models.has('judge')) return free;
    return [...free, judgeVerifier(modelJudge(context, { models, onFailure: failed('judge') }))];
  };
}
