import type { Claim, ClaimSource, ClaimVerdict, VerifierLevel } from './claim.ts';

/** A claim with the sources it may rest on: those it cites, or all. */
export interface ClaimTask {
  readonly claim: Claim;
  /** Without repeated ids. */
  readonly sources: readonly ClaimSource[];
}

/**
 * One level of verification. Implementations say `supported` or `contradicted` only when they are sure, and `unverified` when
 * another level should look.
 */
export interface ClaimVerifier {
  readonly level: VerifierLevel;
  /**
   * What it is asked about: `unsure`, claims no level before it settled; `undecided`, also those settled by a score alone,
   * neither supported nor contradicted. The second suits levels that cost little.
   */
  readonly reach: Reach;
  /**
   * @param tasks claims proper; what is not a claim is never handed over
   * @returns one verdict per task, in order; spans lie inside the task's sources. Null: it could not say anything, and what
   *   was said before it stands
   */
  verify(tasks: readonly ClaimTask[], options: VerifierOptions): Promise<(ClaimVerdict | null)[]>;
}

/** How much of what is open a level is asked about. */
export type Reach = 'unsure' | 'undecided';

/** Options of {@link ClaimVerifier.verify}. */
export interface VerifierOptions {
  readonly signal: AbortSignal;
}
