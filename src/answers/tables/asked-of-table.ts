import { analyse } from '../../retrieval/index.ts';
import { attributeIn } from '../extractive/asked-attribute.ts';
import { type ComparedSort, type FoundSuperlative, superlativeIn } from './superlatives.ts';

/** What a question asks of all rows of a table: `Which room is the cheapest?`, `Which depot has no ramp?`. Words are terms, as `analyse` gives them. */
export interface AskedOfTable {
  /** What a row stands for: `parcel size`; [] the question does not say. */
  readonly kind: readonly string[];
  /** The row with the most or the least of something, or those that have none of it, or it for nothing. */
  readonly wanted: 'most' | 'least' | 'none' | 'free';
  readonly sort: ComparedSort;
  /** Words of which the column that is asked about must have one: `daily allowance`, `ramp`; [] any column of the sort. */
  readonly column: readonly string[];
  /** Words that it may have. */
  readonly hints: readonly string[];
  /** The question's other words, which may say which rows are meant. */
  readonly others: readonly string[];
  /** Words of the sentences before it. */
  readonly situation: readonly string[];
}

/** Begins a question for one of several things. */
const WHICH = /\b(?:which|what)(?: one)?(?: of (?:the|your|our|these|those|all))?\s+(?=\p{L})/iu;
/** What stands between that and the superlative: `which is the cheapest room`. */
const IS_THE = /^(?:(?:is|are|was|were)|['’]s) (?:the |your |our )?$/i;
/** A question for a place or for something, whose sort is not told. */
const UNTOLD = /\bwhere\b|\bwhat can\b/i;
/** Says that something is not so. */
const LACKS = /(?<!\p{L})(?:no|not|never|without|cannot)(?!\p{L})|n['’]t(?!\p{L})/iu;
const FREE =
  /\bfree\b(?! of\b)|\bcosts? (?:\w+ )?nothing\b|\bwithout (?:paying|(?:a |any )?(?:charge|fee))\b|\bno (?:charge|cost)\b/i;
/** The sort of thing, before what it has most of: `the adult course with the longest lessons`. */
const WITH_THE = /\b(?:an?|the|your) ((?:[\p{L}-]+ ){1,3})with (?:the )?$/iu;
/** `I want the shortest course`, `cheapest adult ticket`. */
const WANTED = /(?:^|\b(?:the|your|want|need|find|like|for)\s)\W*$/i;
const MONEY = /^(?:price|cost|fee|charg|rate|fare)$/;
const SENTENCE = /[^.!?]+[.!?]*/g;

/**
 * What a question asks of all rows of a table. English.
 * @returns null: it asks nothing of the sort
 */
export function askedOfTable(question: string): AskedOfTable | null {
  const sentences = question.match(SENTENCE) ?? [];
  const superlative = sentences.findLast((each) => superlativeIn(each) !== null);
  const asking = superlative ?? sentences.findLast((each) => WHICH.test(each) || UNTOLD.test(each));
  if (asking === undefined) return null;
  const asked = superlative === undefined ? lackAsked(asking) : superlativeAsked(asking);
  const situation = analyse(sentences.filter((each) => each !== asking).join(' '));
  return asked === null ? null : { ...asked, situation };
}

type AskedInSentence = Omit<AskedOfTable, 'situation'>;

function superlativeAsked(sentence: string): AskedInSentence | null {
  const found = superlativeIn(sentence);
  const things = found === null ? null : thingsCompared(sentence, found);
  if (found === null || things === null) return null;
  const { superlative, start, end } = found;
  const { kind, compared } = things;
  const column = compared.length === 0 ? superlative.column.flatMap((each) => analyse(each)) : compared;
  const known = new Set([...kind, ...column, ...analyse(sentence.slice(start, end))]);
  const others = analyse(sentence).filter((term) => !known.has(term));
  const hints = [...superlative.hints.flatMap((each) => analyse(each)), ...others];
  // What is compared must be told: `the most weeks`.
  const told = things.sort === 'any' && column.length === 0 ? others : column;
  return { kind, wanted: superlative.wanted, sort: things.sort, column: told, hints, others };
}

/** What a superlative compares: things of a kind, by what the question names; [] it names neither. */
interface Things {
  readonly kind: readonly string[];
  readonly compared: readonly string[];
  readonly sort: ComparedSort;
}

/** Null: it does not say what, and asks for nothing that could be anything. */
function thingsCompared(sentence: string, { superlative: { sort }, start, end }: FoundSuperlative): Things | null {
  const which = WHICH.exec(sentence);
  const from = which === null ? 0 : which.index + which[0].trimEnd().length;
  const before = sentence.slice(from, start);
  const after = termsIn(sentence.slice(end));
  if (which === null ? isWanted(before) : IS_THE.test(before.trimStart())) return thingsBehind(sentence, after, sort);
  const kind = termsIn(which === null ? (WITH_THE.exec(before)?.[1] ?? '') : sentence.slice(from).trimStart());
  return kind.length > 0 || UNTOLD.test(sentence) ? { kind, compared: after, sort } : null;
}

/** `the cheapest room`, `the lowest price`, `the cheapest`. */
function thingsBehind(sentence: string, kind: readonly string[], sort: ComparedSort): Things | null {
  if (MONEY.test(kind.at(-1) ?? '')) return { kind: [], compared: [], sort: 'money' };
  const isTold = kind.length > 0 || sort === 'money' || UNTOLD.test(sentence);
  return isTold ? { kind, compared: [], sort } : null;
}

function isWanted(before: string): boolean {
  return WANTED.test(before) && !WITH_THE.test(before);
}

function lackAsked(sentence: string): AskedInSentence | null {
  const free = FREE.exec(sentence);
  const lack = free ?? LACKS.exec(sentence);
  const which = WHICH.exec(sentence);
  const kind = which === null ? [] : termsIn(sentence.slice(which.index + which[0].length, lack?.index));
  if (lack === null || (kind.length === 0 && !UNTOLD.test(sentence))) return null;
  const after = analyse(sentence.slice(lack.index + lack[0].length));
  const known = new Set([...kind, ...analyse(lack[0])]);
  const others = analyse(sentence).filter((term) => !known.has(term));
  return {
    kind,
    wanted: free === null ? 'none' : 'free',
    sort: free === null ? 'any' : 'money',
    column: after,
    hints: others.filter((term) => !after.includes(term)),
    others,
  };
}

/** The terms of the noun and what stands before it that a text begins with. */
function termsIn(text: string): string[] {
  const found = attributeIn(text);
  return found === null ? [] : [...found.modifiers, found.head];
}
