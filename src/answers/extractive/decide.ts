import type { ScoredSentence } from './score-sentences.ts';

/** Whether the evidence is strong enough to answer. */
export interface Decision {
  readonly answer: boolean;
  /** 0…1, higher is surer; a logistic curve over coverage and cosine, not yet calibrated. */
  readonly confidence: number;
}

/** Logistic weights over the best sentence's coverage and cosine; found on the sample workspace's questions. */
const CURVE = { bias: -5, coverage: 4, cosine: 7 };

/** Below this confidence nothing is said. */
const ANSWER_FROM = 0.5;

/** Decides from the chosen sentences, best first, whether they carry an answer. */
export function decide(chosen: readonly ScoredSentence[]): Decision {
  const [best] = chosen;
  if (best === undefined) return { answer: false, confidence: 0 };
  const evidence = CURVE.bias + CURVE.coverage * best.coverage + CURVE.cosine * (best.cosine ?? 0);
  const confidence = 1 / (1 + Math.exp(-evidence));
  return { answer: confidence >= ANSWER_FROM, confidence };
}
