import type { Answer } from '../answer.ts';
import { type Composition, compose, nearest } from '../compose.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { missingFrom } from '../missing.ts';
import type { Extract } from './extract.ts';

/** Nearest evidence shown when abstaining. */
const NEAREST = 3;

/** An answer whose sentences are not checked yet. */
export type Draft = Composition & Pick<Answer, 'kind' | 'confidence' | 'reason' | 'missing' | 'nearest'>;

/** The chosen sentences as an answer, or an abstention that says what was missing. */
export function draftExtractive(evidence: Evidence, extracted: Extract): Draft {
  const confidence = Math.round(extracted.decision.confidence * 1000) / 1000;
  if (extracted.decision.answer) {
    const composed = compose(extracted.chosen);
    return { kind: 'extractive', ...composed, confidence, reason: null, missing: null, nearest: [] };
  }
  const reason =
    evidence.passages.length === 0
      ? 'Nothing in this collection, valid at the moment asked about, comes near the question.'
      : 'The documents come near the question, but no sentence in them answers it.';
  const near = nearest(evidence.passages, NEAREST);
  const missing = missingFrom(extracted.asked, evidence.passages);
  return { kind: 'abstained', text: '', sentences: [], citations: [], confidence, reason, missing, nearest: near };
}
