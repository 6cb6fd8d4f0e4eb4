import { analyse, languageOfQuestion } from '../../retrieval/index.ts';
import type { CandidateSentence } from '../extractive/candidate-sentences.ts';
import type { Asked } from '../extractive/score-sentences.ts';
import { classMembers } from './class-members.ts';
import { sortOf } from './class-names.ts';

/** A way to ask of a class what was asked of a thing in it: rates stand by zone, and another sentence says which zone a country is in. */
export interface ClassStep {
  /** The sentence that says which class the thing is in. */
  readonly says: CandidateSentence;
  /** As `classesIn` names it. */
  readonly className: string;
  /** Terms of the thing, as the question has them. */
  readonly thing: readonly string[];
  /** The question, with the class in the thing's place. */
  readonly question: string;
}

/** A term of at least this share of the weight of the heaviest one that any sentence has is what a question turns on. */
const HEAVY = 0.5;

/** Longer questions turn on more than a thing. UTF-16 code units. */
const LONGEST = 500;

/** Terms of a thing at most. */
const LONGEST_THING = 6;

/** Stands before a thing and not before a class. */
const ARTICLE =
  /(?:^|(?<=\s))(?:an?|the|my|our|your|eine?[mnrs]?|der|die|das|dem|den|une?|les?|la|el|los|las|una)\s+$/i;

/** What joins the parts of a name: `Isle of Man`, `Frankfurt am Main`. */
const JOINS = '(?:of|de|du|des|del|von|van|am|an|der|la)';

/**
 * The steps that sentences offer from things of a question to their classes, where what they say leaves no choice: none to a sort of classes of which
 * they name two for what the question speaks of.
 * @param sentences the most likely to matter first
 */
export function classSteps(asked: Asked, sentences: readonly CandidateSentence[]): ClassStep[] {
  if (asked.text.length > LONGEST) return [];
  const seen = [...asked.weights].filter(([term]) => sentences.some(({ terms }) => terms.has(term)));
  const least = HEAVY * Math.max(0, ...seen.map(([, weight]) => weight));
  const question = readWords(asked);
  const steps = sentences.flatMap((says) => {
    const members = classMembers(says);
    // The question speaks of classes of the sort already.
    if (members === null || asked.text.toLowerCase().includes(sortOf(members.className))) return [];
    const { className, things } = members;
    const [thing] = things.flatMap((each) => placeIn(question, each) ?? []);
    if (thing === undefined || thing.weight < least) return [];
    return [{ says, className, thing: thing.terms, question: replaced(asked.text, thing, className) }];
  });
  return steps.filter(
    (step, at) =>
      steps.every(
        (other) => sortOf(other.className) !== sortOf(step.className) || other.className === step.className,
      ) && steps.findIndex(({ question: other }) => other === step.question) === at,
  );
}

/** A word of a question. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly terms: readonly string[];
}

/** A question with its words. */
interface QuestionWords extends Asked {
  readonly language: string;
  readonly words: readonly Word[];
}

function readWords(asked: Asked): QuestionWords {
  const language = languageOfQuestion(asked.text);
  const words = Array.from(asked.text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu), ({ 0: word, index }) => {
    return { start: index, end: index + word.length, terms: analyse(word, language) };
  });
  return { ...asked, language, words };
}

/** Words of a question that are a thing: where they stand, their terms, and the weight of the heaviest. */
interface Thing extends Word {
  readonly weight: number;
}

/** Where a question names a thing, whole; null: nowhere. */
function placeIn({ text, language, words, weights }: QuestionWords, thing: string): Thing | null {
  const wanted = analyse(thing, language);
  if (wanted.length === 0 || wanted.length > LONGEST_THING) return null;
  for (const [at, word] of words.entries()) {
    if (word.terms.length === 0) continue;
    const terms: string[] = [];
    for (const last of words.slice(at)) {
      terms.push(...last.terms);
      if (!wanted.slice(0, terms.length).every((term, i) => term === terms[i]) || terms.length > wanted.length) break;
      if (terms.length < wanted.length) continue;
      const [start, end] = [word.start, last.end];
      if (isPartOfName(text, start, end)) break;
      return { start, end, terms, weight: Math.max(...terms.map((term) => weights.get(term) ?? 0)) };
    }
  }
  return null;
}

/** Whether words are a part of a longer name: `Ireland` in `Northern Ireland`. */
function isPartOfName(text: string, start: number, end: number): boolean {
  if (!/^\p{Lu}/u.test(text.slice(start, end))) return false;
  const isAfterName = new RegExp(`(?<=\\s)\\p{Lu}[\\p{L}'’-]*\\s+(?:${JOINS}\\s+)*$`, 'u').test(text.slice(0, start));
  const isBeforeName = new RegExp(`^\\s+(?:${JOINS}\\s+)*\\p{Lu}`, 'u').test(text.slice(end));
  return isAfterName || isBeforeName;
}

function replaced(question: string, { start, end }: Thing, className: string): string {
  return `${question.slice(0, start).replace(ARTICLE, '')}${className}${question.slice(end)}`;
}
