import { fromUnknown } from '../../../base/index.ts';
import type { NliChances, NliModel } from '../../../models/index.ts';
import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimVerdict } from '../claim.ts';
import { type Passage, passagesFor } from '../passages.ts';

/** Premises: a near sentence with what stands around it, about 150 tokens; at most eight or so. UTF-16 code units. */
const ROOM = { wholeSource: 800, around: 250, total: 6_000 };
/** What the model has to be sure of to decide. Cross-encoders are rarely modest: below this they are mostly guessing. */
const SURE = 0.9;
/** Between these a judge may look. */
const UNSURE = { from: 0.2, to: 0.8 } as const;

/**
 * Asks a model of natural language inference whether a claim follows from the stretches of its sources that come nearest.
 * @param onFailure hears why the model could not be asked; the verdicts before it stand
 */
export function nliVerifier(model: NliModel, onFailure: (failure: { readonly code: string }) => void): ClaimVerifier {
  const verify = async (task: ClaimTask, signal: AbortSignal): Promise<ClaimVerdict | null> => {
    const passages = passagesFor(task, ROOM);
    if (passages.length === 0) return null;
    const pairs = passages.map((passage) => ({ premise: premiseOf(passage), hypothesis: task.claim.text }));
    return verdictOf(task, { passages, chances: await model.infer(pairs, signal) });
  };
  return {
    level: 'nli',
    reach: 'undecided',
    verify: async (tasks, { signal }) =>
      await Promise.all(
        tasks.map(async (task) => {
          try {
            return await verify(task, signal);
          } catch (error) {
            signal.throwIfAborted();
            onFailure({ code: fromUnknown(error).code });
            return null;
          }
        }),
      ),
  };
}

function premiseOf({ context, text }: Passage): string {
  return context === '' ? text : `${context.replaceAll(/\s+/g, ' ')}. ${text}`;
}

interface Reading {
  readonly passages: readonly Passage[];
  /** One per passage. */
  readonly chances: readonly NliChances[];
}

/** The passage that speaks most for the claim against the one that speaks most against it. */
function verdictOf({ claim }: ClaimTask, { passages, chances }: Reading): ClaimVerdict | null {
  const best = (of: (chances: NliChances) => number): number =>
    chances.reduce((most, each, i) => (of(each) > of(chances[most] as NliChances) ? i : most), 0);
  const forIt = best(({ entailment }) => entailment);
  const against = best(({ contradiction }) => contradiction);
  const score = chances[forIt]?.entailment ?? 0;
  const opposed = chances[against]?.contradiction ?? 0;
  const at = (i: number): Pick<ClaimVerdict, 'spans'> => {
    const { sourceId, start, end } = passages[i] as Passage;
    return { spans: [{ sourceId, start, end }] };
  };
  const common = { claim, level: 'nli' as const, conflict: null };
  if (score >= SURE && opposed < SURE) {
    const reason = `a model of inference finds that the source says it (${score.toFixed(2)})`;
    return { ...common, ...at(forIt), status: 'supported', settled: true, score, reason };
  }
  if (opposed >= SURE && score < SURE) {
    const reason = `a model of inference finds that the source says otherwise (${opposed.toFixed(2)})`;
    return {
      ...common,
      ...at(against),
      status: 'contradicted',
      settled: true,
      score: Math.min(score, 1 - opposed),
      reason,
    };
  }
  const settled = (score < UNSURE.from || score > UNSURE.to) && opposed < SURE;
  const reason = `a model of inference is not sure that a source says it (${score.toFixed(2)})`;
  return { ...common, ...at(forIt), status: 'unverified', settled, score, reason };
}
