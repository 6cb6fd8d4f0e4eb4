import type { FoundConflict } from '../conflicts/find-conflicts.ts';
import type { Asked, ScoredSentence } from '../extractive/score-sentences.ts';
import { names, type Subjects, subjectsOf } from './subjects.ts';

/** What a question may mean: about which subject, and what is said of it. */
export interface Reading {
  /** As the source names it: `Oslo`. */
  readonly subject: string;
  readonly sentence: ScoredSentence;
}

/** Share of the question's words, weighted by rarity, that an answer to it names at least. */
const MOST_OF_IT = 0.5;

/** Further behind, at less than a twelfth of the best one's odds, it is no tie: scores are logarithms of odds. */
const TIE = 2.5;

/** Statements compared with the best one, and subjects offered. */
const LOOKED_AT = 8;
const MOST = 5;

/**
 * The subjects between which a question does not choose, though the sources answer it otherwise for each: `When does the office open?`
 * with a guide for Oslo and one for Paris. [] when it chooses, or there is one answer.
 * @param ranked best first, with vectors
 * @param given.disagreeing what was found to disagree among them
 */
export function findReadings(
  ranked: readonly ScoredSentence[],
  given: { readonly asked: Pick<Asked, 'text'>; readonly disagreeing: readonly FoundConflict[] },
): Reading[] {
  const { text } = given.asked;
  const disagrees = (sentence: ScoredSentence): boolean =>
    given.disagreeing.some(({ sides }) => sides.some((side) => side.sentence === sentence));
  const [best, ...others] = ranked;
  if (best === undefined) return [];
  const readings: Reading[] = [];
  for (const sentence of others.slice(0, LOOKED_AT)) {
    const otherwise = disagrees(sentence) || answersOtherwise(best, sentence);
    const told = best.score - sentence.score <= TIE && otherwise ? apart(best, sentence) : null;
    if (told === null || told.some((subject) => names(text, subject))) continue;
    if (readings.length === 0) readings.push({ subject: told[0], sentence: best });
    const known = readings.some(({ subject }) => subject === told[1]);
    if (!known && readings[0]?.subject === told[0]) readings.push({ subject: told[1], sentence });
  }
  return readings.slice(0, MOST);
}

/** Without the sides that speak of another subject: no source disagrees with them. */
export function ofOneSubject(conflicts: readonly FoundConflict[]): FoundConflict[] {
  return conflicts.flatMap(({ sides }) => {
    const [best, ...others] = sides;
    const same = others.filter((side) => best !== undefined && apart(best.sentence, side.sentence) === null);
    return best === undefined || same.length === 0 ? [] : [{ sides: [best, ...same] }];
  });
}

function apart(a: ScoredSentence, b: ScoredSentence): Subjects | null {
  return subjectsOf(placeOf(a), placeOf(b));
}

function placeOf({ sentence: { passage, label } }: ScoredSentence): ScoredSentence['sentence']['passage'] {
  if (label === null || passage.headingPath.includes(label)) return passage;
  return { ...passage, headingPath: [...passage.headingPath, label] };
}

/** Both answer the question as far as its words go, and each says something that the other does not. */
function answersOtherwise(a: ScoredSentence, b: ScoredSentence): boolean {
  if (a.holdsKind === false || b.holdsKind === false) return false;
  if (a.sentence.kind !== 'sentence' || b.sentence.kind !== 'sentence') return false;
  return namesTheSame(a, b) && lacks(a, b) && lacks(b, a);
}

/** Of the question most, and the one no more than the other. */
function namesTheSame(a: ScoredSentence, b: ScoredSentence): boolean {
  return a.coverage >= MOST_OF_IT && a.named.size === b.named.size && a.named.isSubsetOf(b.named);
}

/** Words of the one that the other neither says nor is headed by. */
function lacks({ sentence: a }: ScoredSentence, { sentence: b }: ScoredSentence): boolean {
  return [...a.terms].some((term) => !b.terms.has(term) && !a.context.has(term));
}
