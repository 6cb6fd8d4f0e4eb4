import { type Asked, type ScoredSentence, shareOf } from './score-sentences.ts';

/** Most sentences for one question; what disagrees with them is added elsewhere. */
const MAX_SENTENCES = 3;

/** A sentence of another document this close to the best may as well be the one: it is at least three quarters as likely. */
const NEAR = 0.3;

/**
 * A further sentence that names an open part of the question may be this far behind the best: at least a third as likely. Chosen on the
 * sets of bench/answers/tuning that are learnt from: 3 adds half a hundredth to the recall and takes five from the precision.
 */
const ADDING = 1;

/** The same for a question that joins what it asks by `and`, of which one sentence seldom says all: at least a tenth as likely. */
const ADDING_JOINED = 2.3;
const JOINED = /\b(?:and|as well as)\b/i;

/** Whether a question joins what it asks, so that a sentence which answers it may say half of it. */
export function isJoined({ text }: Pick<Asked, 'text'>): boolean {
  return JOINED.test(text);
}

/** To add something is to name this share of the question's terms that the sentences before do not name. */
const NEW_TERMS = 0.2;

/**
 * The sentences that answer one question: the best, and others not far behind that name a part of the question still open.
 * @param ranked best first, with vectors
 */
export function chooseSentences(ranked: readonly ScoredSentence[], asked: Asked): ScoredSentence[] {
  const [best] = ranked;
  if (best === undefined) return [];
  const adding = isJoined(asked) ? ADDING_JOINED : ADDING;
  const chosen = [best];
  for (const each of ranked.slice(1)) {
    if (chosen.length >= MAX_SENTENCES) break;
    const behind = best.score - each.score;
    const elsewhere = chosen.every((other) => other.sentence.passage.documentId !== each.sentence.passage.documentId);
    const wanted = (elsewhere && behind <= NEAR) || (behind <= adding && adds(each, chosen, asked));
    if (wanted && !chosen.some((other) => repeats(other, each))) chosen.push(each);
  }
  return chosen;
}

function adds(each: ScoredSentence, chosen: readonly ScoredSentence[], asked: Asked): boolean {
  if (each.holdsKind === false) return false;
  const open = [...each.named].filter(
    (term) => !chosen.some((other) => other.named.has(term) || other.sentence.context.has(term)),
  );
  return shareOf(asked, open) >= NEW_TERMS;
}

/** The same words again, or a sentence inside another. */
export function repeats(a: ScoredSentence, b: ScoredSentence): boolean {
  if (a.sentence.text === b.sentence.text) return true;
  const sameText = a.sentence.passage.versionId === b.sentence.passage.versionId;
  return sameText && a.sentence.start < b.sentence.end && b.sentence.start < a.sentence.end;
}
