import { type Asked, dot, type ScoredSentence, shareOf } from './score-sentences.ts';

/** Most sentences of one answer. */
const MAX_SENTENCES = 3;

/** A further sentence must come this close to the best one's score; the weights of scoring give the scale. */
const NEAR = 0.08;

/** One that adds something may be this far away. */
const ADDING = 0.25;

/** To add something is to name this share of the question's terms that the sentences before do not name… */
const NEW_TERMS = 0.15;

/** …or to speak of the same in another document: cosine with the best sentence from here. */
const PARALLEL = 0.62;

/**
 * The sentences that make the answer: the best, others nearly as good, and others not far behind that add something: a
 * part of the question still open, or what another document says of the same, which may contradict.
 * @param ranked best first, with vectors
 */
export function chooseSentences(ranked: readonly ScoredSentence[], asked: Asked): ScoredSentence[] {
  const [best] = ranked;
  if (best === undefined) return [];
  const chosen = [best];
  for (const each of ranked.slice(1)) {
    if (chosen.length >= MAX_SENTENCES) break;
    const behind = best.score - each.score;
    const wanted = behind <= NEAR || (behind <= ADDING && adds(each, chosen, asked));
    if (wanted && !chosen.some((other) => repeats(other, each))) chosen.push(each);
  }
  return chosen;
}

function adds(each: ScoredSentence, chosen: readonly ScoredSentence[], asked: Asked): boolean {
  if (each.holdsKind === false) return false;
  return namesNew(each, chosen, asked) || isParallel(each, chosen);
}

function namesNew(each: ScoredSentence, chosen: readonly ScoredSentence[], asked: Asked): boolean {
  const open = [...each.named].filter((term) => !chosen.some((other) => other.named.has(term)));
  return shareOf(asked, open) >= NEW_TERMS;
}

function isParallel(each: ScoredSentence, chosen: readonly ScoredSentence[]): boolean {
  const [best] = chosen;
  const documents = chosen.map((other) => other.sentence.passage.documentId);
  if (documents.includes(each.sentence.passage.documentId)) return false;
  if (best === undefined || best.vector === null || each.vector === null) return false;
  return dot(best.vector, each.vector) >= PARALLEL;
}

/** The same words again, or a sentence inside another. */
function repeats(a: ScoredSentence, b: ScoredSentence): boolean {
  if (a.sentence.text === b.sentence.text) return true;
  const sameText = a.sentence.passage.versionId === b.sentence.passage.versionId;
  return sameText && a.sentence.start < b.sentence.end && b.sentence.start < a.sentence.end;
}
