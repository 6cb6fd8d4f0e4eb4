import type { ClaimTask, ClaimVerifier } from './claim-verifier.ts';
import type { Claim, ClaimSource, ClaimVerdict } from './claim.ts';
import { UnknownCitation, VerifierMisbehaved } from './errors.ts';
import { localVerifier } from './local/verify-locally.ts';
import { quoteVerifier } from './quote/verify-quote.ts';
import { splitClaims } from './split/split-claims.ts';

/** Options of {@link verifyClaims}. */
export interface VerifyOptions {
  /** Levels after *quote* and *local*, cheapest first. Default: none. */
  readonly verifiers?: readonly ClaimVerifier[];
  readonly signal?: AbortSignal;
}

/**
 * What the sources say of each claim of an answer. Levels are asked in order: *quote*, *local*, then those given; each sees
 * only what none before it decided.
 * @param textOrClaims an answer's text, or its claims; citations name a source by its id, or else by its number from 1
 * @returns one verdict per claim, in order
 * @throws UnknownCitation, VerifierMisbehaved
 */
export async function verifyClaims(
  textOrClaims: string | readonly Claim[],
  sources: readonly ClaimSource[],
  { verifiers = [], signal = new AbortController().signal }: VerifyOptions = {},
): Promise<ClaimVerdict[]> {
  const claims = typeof textOrClaims === 'string' ? splitClaims(textOrClaims, citationIn(sources)) : textOrClaims;
  const tasks = claims.map((claim): ClaimTask => ({ claim, sources: citedBy(claim, sources) }));
  const verdicts = claims.map(undecided);
  for (const verifier of [quoteVerifier, localVerifier, ...verifiers]) {
    signal.throwIfAborted();
    const open = verdicts.flatMap((verdict, i) => (isOpenFor(verifier, verdict) ? [i] : []));
    if (open.length === 0) continue;
    const asked = open.map((i) => tasks[i] as ClaimTask);
    const said = await verifier.verify(asked, { signal });
    if (said.length !== asked.length) throw new VerifierMisbehaved(verifier.level, 'left claims out');
    said.forEach((verdict, n) => {
      if (verdict === null) return;
      verdicts[open[n] as number] = checked(verdict, asked[n] as ClaimTask, verifier);
    });
  }
  return verdicts;
}

function isOpenFor({ reach }: ClaimVerifier, { status, settled }: ClaimVerdict): boolean {
  return !settled || (reach === 'undecided' && status === 'unverified');
}

function undecided(claim: Claim): ClaimVerdict {
  const common = { claim, score: 0, spans: [], level: null, conflict: null };
  if (!claim.isClaim) return { ...common, status: 'not-a-claim', settled: true, reason: 'it states nothing' };
  return { ...common, status: 'unverified', settled: false, reason: 'no source was given' };
}

/** What a source itself has in brackets ("haemoglobin [HbA1c]") is a quote from it, unless it names one that was given. */
function citationIn(sources: readonly ClaimSource[]): (cited: string) => boolean {
  return (cited) => named(cited, sources) !== undefined || !sources.some(({ text }) => text.includes(`[${cited}]`));
}

function named(cited: string, sources: readonly ClaimSource[]): ClaimSource | undefined {
  const byNumber = /^[1-9]\d{0,5}$/.test(cited) ? sources[Number(cited) - 1] : undefined;
  return sources.find(({ id }) => id === cited) ?? byNumber;
}

function citedBy({ cites }: Claim, sources: readonly ClaimSource[]): ClaimSource[] {
  if (cites === null) return [...sources];
  const all = cites.map((cited) => {
    const source = named(cited, sources);
    if (source !== undefined) return source;
    throw new UnknownCitation(
      cited,
      sources.map(({ id }) => id),
    );
  });
  return [...new Set(all)];
}

/** Lets a verdict pass whose spans lie inside the sources it was given. */
function checked(verdict: ClaimVerdict, task: ClaimTask, { level }: ClaimVerifier): ClaimVerdict {
  const spans = verdict.conflict === null ? verdict.spans : [...verdict.spans, verdict.conflict.source];
  for (const { sourceId, start, end } of spans) {
    const source = task.sources.find(({ id }) => id === sourceId);
    if (source === undefined || start < 0 || end <= start || end > source.text.length) {
      throw new VerifierMisbehaved(level, 'pointed at words that are not in the sources it was given');
    }
  }
  return { ...verdict, claim: task.claim };
}
