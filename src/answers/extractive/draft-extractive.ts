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
export function draftExtractive(evidence: Pick<Evidence, 'passages'>, extracted: Extract): Draft {
  const confidence = Math.round(extracted.decision.confidence * 1000) / 1000;
  if (extracted.decision.answer) {
    const composed = compose(extracted.chosen);
    return { kind: 'extractive', ...composed, confidence, reason: null, missing: null, nearest: [] };
  }
  const near = nearest(evidence.passages, NEAREST);
  const missing = missingFrom(extracted.grounds.asked, evidence.passages);
  const reason = whyNot(evidence);
  return { kind: 'abstained', text: '', sentences: [], citations: [], confidence, reason, missing, nearest: near };
}

/**
 * Passages less like the question than this deal with something else. Cosine; of questions asked of five invented organisations
 * (bench/answers/tuning) one in seven that can be answered stays below it with its own documents, seven in ten with those of another.
 */
const NEAR = 0.3;

function whyNot({ passages }: Pick<Evidence, 'passages'>): string {
  if (passages.length === 0)
    return 'No document in this collection that is valid at the moment asked about fits the question.';
  const cosines = passages.flatMap(({ candidate }) => candidate.cosine ?? []);
  const isFar = cosines.length > 0 && Math.max(...cosines) < NEAR;
  return isFar
    ? 'No document in this collection that is valid at the moment asked about deals with this.'
    : 'The documents come near the question, but no sentence in them answers it.';
}
