import type { TenantContext } from '../../base/index.ts';
import type { ModelDoor, NliModel } from '../../models/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { ClaimVerifier } from './claim-verifier.ts';
import { judgeVerifier } from './judge/judge-verifier.ts';
import { modelJudge } from './judge/model-judge.ts';
import { nliVerifier } from './nli/nli-verifier.ts';

/** What the levels beyond the free ones need. */
export interface VerifierParts {
  readonly models: Pick<ModelDoor, 'has' | 'object'>;
  /** Null: none is configured. */
  readonly nli: NliModel | null;
  readonly log: Log;
}

/**
 * The levels that are configured beyond *quote* and *local*, for a caller: an inference model looks at all that is neither
 * supported nor contradicted; a model declared for the task `judge` at what is still unsure then.
 */
export function configuredVerifiers({ models, nli, log }: VerifierParts): (context: TenantContext) => ClaimVerifier[] {
  const failed =
    (level: string) =>
    ({ code }: { readonly code: string }) =>
      log.warn('A level of verification failed; the verdict before it stands.', { level, code });
  const free = nli === null ? [] : [nliVerifier(nli, failed('nli'))];
  if (!models.has('judge')) return () => free;
  return (context) => [...free, judgeVerifier(modelJudge(context, { models, onFailure: failed('judge') }))];
}
