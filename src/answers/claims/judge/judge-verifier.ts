import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimSource, ClaimStatus, ClaimVerdict, SourceSpan } from '../claim.ts';

/** What a judge says of one claim. */
export interface Judgement {
  readonly status: Exclude<ClaimStatus, 'not-a-claim'>;
  /** 0…1, higher: more likely carried. */
  readonly score: number;
  readonly reason: string;
  /** Where it read that; must lie inside the passages it was given. */
  readonly spans: readonly SourceSpan[];
}

/** Reads a claim and passages and decides; a model, or in tests a script. */
export type Judge = (claim: string, passages: readonly ClaimSource[], signal: AbortSignal) => Promise<Judgement>;

/** Claims a judge reads at the same time. */
const AT_ONCE = 4;

/** The last and dearest level: asks a judge about each claim that reaches it. */
export function judgeVerifier(judge: Judge): ClaimVerifier {
  const verdict = async ({ claim, sources }: ClaimTask, signal: AbortSignal): Promise<ClaimVerdict> => {
    const judgement = await judge(claim.text, sources, signal);
    return { claim, ...judgement, settled: true, level: 'judge', conflict: null };
  };
  return {
    level: 'judge',
    verify: async (tasks, { signal }) => {
      const verdicts: ClaimVerdict[] = [];
      for (let from = 0; from < tasks.length; from += AT_ONCE) {
        signal.throwIfAborted();
        const batch = tasks.slice(from, from + AT_ONCE).map((task) => verdict(task, signal));
        verdicts.push(...(await Promise.all(batch)));
      }
      return verdicts;
    },
  };
}
