import type { TenantContext } from '../../base/index.ts';
import type { ModelDoor } from '../../models/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { ClaimVerifier } from './claim-verifier.ts';
import { judgeVerifier } from './judge/judge-verifier.ts';
import { modelJudge } from './judge/model-judge.ts';

/** What the levels beyond the free ones need. */
export interface VerifierParts {
  readonly models: Pick<ModelDoor, 'has' | 'object'>;
  readonly log: Log;
}

/**
 * The levels that are configured beyond *quote* and *local*, for a caller: a model declared for the task `judge` looks at
 * the claims the local level is not sure of.
 */
export function configuredVerifiers({ models, log }: VerifierParts): (context: TenantContext) => ClaimVerifier[] {
  if (!models.has('judge')) return () => [];
  const onFailure = ({ code }: { readonly code: string }): void =>
    log.warn('A claim was not judged by a model; the verdict of the local level stands.', { code });
  return (context) => [judgeVerifier(modelJudge(context, { models, onFailure }))];
}
