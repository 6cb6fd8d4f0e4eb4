import { type Asked, type ScoredSentence, shareOf } from './score-sentences.ts';

/** Most sentences for one question; what disagrees with them is added elsewhere. */
const MAX_SENTENCES = 3;

/** Words that join two things a question asks for: English, German, French, Spanish. */
const JOINS = /(?<!\p{L})(?:and|as well as|und|sowie|et|ainsi que|y|así como)(?!\p{L})/iu;

/**
 * Whether a question joins what it asks by an `and`, so that a sentence which answers it may say half of it. One that asks one thing is answered by its
 * best sentence: of the further ones that its words and the reader of answers spoke for, one in nine was right, with one organisation after the other left out
 * (bench/answers/tuning).
 */
export function isJoined({ text }: Pick<Asked, 'text'>): boolean {
  return JOINS.test(text);
}

/** A further sentence may be this far behind the best: at least a tenth as likely. */
const ADDING = 2.3;

/** To add something is to name this share of the question's terms that the sentences before do not name. */
const NEW_TERMS = 0.2;

/**
 * The sentences that answer one question: the best, and where it joins what it asks, others not far behind that name a part still open.
 * @param ranked best first, with vectors
 */
export function chooseSentences(ranked: readonly ScoredSentence[], asked: Asked): ScoredSentence[] {
  const [best, ...others] = ranked;
  if (best === undefined) return [];
  const chosen = [best];
  if (!isJoined(asked)) return chosen;
  for (const each of others) {
    if (chosen.length >= MAX_SENTENCES || best.score - each.score > ADDING) break;
    if (adds(each, chosen, asked) && !chosen.some((other) => repeats(other, each))) chosen.push(each);
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
function repeats(a: ScoredSentence, b: ScoredSentence): boolean {
  if (a.sentence.text === b.sentence.text) return true;
  const sameText = a.sentence.passage.versionId === b.sentence.passage.versionId;
  return sameText && a.sentence.start < b.sentence.end && b.sentence.start < a.sentence.end;
}

/** Without what is said twice; of a sentence and a longer one around it the longer, which may answer another part. */
export function eachOnce(said: readonly ScoredSentence[]): ScoredSentence[] {
  return said.reduce<ScoredSentence[]>((kept, each) => {
    const at = kept.findIndex((other) => repeats(other, each));
    const before = kept[at];
    if (before === undefined) return [...kept, each];
    if (lengthOf(each) <= lengthOf(before)) return kept;
    return kept.with(at, each).filter((other) => other === each || !repeats(other, each));
  }, []);
}

function lengthOf({ sentence: { start, end } }: ScoredSentence): number {
  return end - start;
}
