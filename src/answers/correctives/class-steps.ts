import { analyse, languageOfQuestion } from '../../retrieval/index.ts';
import type { CandidateSentence } from '../extractive/candidate-sentences.ts';
import type { Asked } from '../extractive/score-sentences.ts';
import { classesIn, sortOf } from './class-names.ts';

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

/** Stands before a thing and not before a class. */
const ARTICLE =
  /(?:^|(?<=\s))(?:an?|the|my|our|your|eine?[mnrs]?|der|die|das|dem|den|une?|les?|la|el|los|las|una)\s+$/i;

/**
 * The steps that sentences offer from things of a question to their classes; the thing the question turns on most first.
 * @param sentences the most likely to matter first
 */
export function classSteps(asked: Asked, sentences: readonly CandidateSentence[]): ClassStep[] {
  const seen = [...asked.weights].filter(([term]) => sentences.some(({ terms }) => terms.has(term)));
  const heaviest = Math.max(0, ...seen.map(([, weight]) => weight));
  const found = sentences.flatMap((says) => {
    const className = classOf(says);
    if (className === null || namesSort(asked.text, className)) return [];
    const thing = thingIn(asked, says);
    if (thing === null || thing.weight < HEAVY * heaviest) return [];
    const step = { says, className, thing: thing.terms, question: replaced(asked.text, thing, className) };
    return [{ step, weight: thing.weight }];
  });
  const steps = found.toSorted((one, other) => other.weight - one.weight).map(({ step }) => step);
  return steps.filter((step, at) => steps.findIndex(({ question }) => question === step.question) === at);
}

/** The one class that a sentence speaks of, itself or by what stands above it; null: none or several. */
function classOf({ readable, label, passage }: CandidateSentence): string | null {
  const own = classesIn(readable);
  const named = own.size > 0 ? own : classesIn(label ?? passage.headingPath.at(-1) ?? '');
  const [only = null] = named;
  return named.size === 1 ? only : null;
}

/** Whether a question speaks of classes of the same sort already. */
function namesSort(question: string, className: string): boolean {
  return question.toLowerCase().includes(sortOf(className));
}

/** Neighbouring words of a question: where they stand, their terms, and the weight of the heaviest. */
interface Thing {
  readonly start: number;
  readonly end: number;
  readonly terms: readonly string[];
  readonly weight: number;
}

/** The words of a question that turn most on what a sentence names; null: it names none of them. */
function thingIn({ text, weights }: Asked, { terms }: CandidateSentence): Thing | null {
  const language = languageOfQuestion(text);
  const named: Thing[] = [];
  for (const match of text.matchAll(/\p{L}[\p{L}\p{N}'’-]*/gu)) {
    const own = analyse(match[0], language);
    if (own.length === 0 || !own.every((term) => terms.has(term))) continue;
    const weight = Math.max(...own.map((term) => weights.get(term) ?? 0));
    const word = { start: match.index, end: match.index + match[0].length, terms: own, weight };
    const last = named.at(-1);
    if (last === undefined || !/^[\s-]+$/.test(text.slice(last.end, word.start))) named.push(word);
    else named[named.length - 1] = joined(last, word);
  }
  const [heaviest = null] = named.toSorted((one, other) => other.weight - one.weight);
  return heaviest === null || heaviest.weight === 0 ? null : heaviest;
}

function joined(one: Thing, other: Thing): Thing {
  const weight = Math.max(one.weight, other.weight);
  return { start: one.start, end: other.end, terms: [...one.terms, ...other.terms], weight };
}

function replaced(question: string, { start, end }: Thing, className: string): string {
  return `${question.slice(0, start).replace(ARTICLE, '')}${className}${question.slice(end)}`;
}
