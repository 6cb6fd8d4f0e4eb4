import { channel } from 'node:diagnostics_channel';
import type { ScoredSentence } from './score-sentences.ts';

/** Tells whoever subscribes what a decision rests on, as `{cosine: number, kind: -1 | 0 | 1}`: for fitting the curve. */
const groundsChannel = channel('plumbline:answers:decision');

/** Whether the evidence is strong enough to answer. */
export interface Decision {
  readonly answer: boolean;
  /** 0…1, higher is surer; see {@link decide}. */
  readonly confidence: number;
}

/** How near the evidence comes to the question. */
export interface Closeness {
  /** The best sentence; undefined: there is none. */
  readonly best: ScoredSentence | undefined;
  /** Cosine of the question and the nearest passage; −1…1. */
  readonly passage: number;
}

/**
 * A logistic curve over the mean cosine of best sentence and nearest passage, and whether the sentence holds the kind
 * of thing asked for. Fitted by `bench -- answers --fit` on the questions of five invented organisations, with both classes weighing
 * the same; no question of the sample workspace is among them. Coverage of the question's words adds nothing: near misses
 * share them too.
 */
const CURVE = { bias: -2.955, cosine: 6.115, kind: 0.312 };

/** Below this confidence nothing is said: an answer is as likely as none. */
const ANSWER_FROM = 0.5;

/** Decides whether the evidence carries an answer. */
export function decide({ best, passage }: Closeness): Decision {
  if (best === undefined) return { answer: false, confidence: 0 };
  const cosine = ((best.cosine ?? 0) + passage) / 2;
  const kind = best.holdsKind === null ? 0 : best.holdsKind ? 1 : -1;
  if (groundsChannel.hasSubscribers) groundsChannel.publish({ cosine, kind });
  const confidence = 1 / (1 + Math.exp(-(CURVE.bias + CURVE.cosine * cosine + CURVE.kind * kind)));
  return { answer: confidence >= ANSWER_FROM, confidence };
}
