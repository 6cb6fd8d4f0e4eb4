import type { ClaimTask, ClaimVerifier, Reach } from '../claim-verifier.ts';
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

/** Reads a claim and its sources and decides; a model, or in tests a script. Null: it could not. */
export type Judge = (claim: string, sources: readonly ClaimSource[], signal: AbortSignal) => Promise<Judgement | null>;

/** Claims a judge reads at the same time. */
const AT_ONCE = 4;

/**
 * The last and dearest level: asks a judge about each claim that reaches it.
 * @param reach `undecided` asks it about all that is not supported or contradicted by then
 */
export function judgeVerifier(judge: Judge, reach: Reach = 'unsure'): ClaimVerifier {
  const verdict = async ({ claim, sources }: ClaimTask, signal: AbortSignal): Promise<ClaimVerdict | null> => {
    const judgement = await judge(claim.text, sources, signal);
    return judgement && { claim, ...judgement, settled: true, level: 'judge', conflict: null };
  };
  return {
    level: 'judge',
    reach,
    verify: async (tasks, { signal }) => {
      const verdicts: (ClaimVerdict | null)[] = [];
      for (let from = 0; from < tasks.length; from += AT_ONCE) {
        signal.throwIfAborted();
        const batch = tasks.slice(from, from + AT_ONCE).map((task) => verdict(task, signal));
        verdicts.push(...(await Promise.all(batch)));
      }
      return verdicts;
    },
  };
}
