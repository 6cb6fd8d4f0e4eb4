import { analyse } from '../../retrieval/index.ts';
import { attributeIn } from '../extractive/asked-attribute.ts';
import { type ComparedSort, type FoundSuperlative, superlativeIn } from './superlatives.ts';

/** What a question asks of all rows of a table: `Which room is the cheapest?`, `Which depot has no ramp?`. Words are terms, as `analyse` gives them. */
export interface AskedOfTable {
  /** The question's words for the most or the least; [] it asks for what there is none of. */
  readonly superlative: readonly string[];
  /** What a row stands for: `parcel size`; [] the question does not say. */
  readonly kind: readonly string[];
  /** The row with the most or the least of something, or those that have none of it, or it for nothing. */
  readonly wanted: 'most' | 'least' | 'none' | 'free';
  readonly sort: ComparedSort;
  /** Words of which the column that is asked about must have one: `daily allowance`, `ramp`; [] any column of the sort. */
  readonly column: readonly string[];
  /** Whether these are the question's own, which a column may mean by another name. */
  readonly isColumnAsked: boolean;
  /** Words that it may have. */
  readonly hints: readonly string[];
  /** The question's other words, which may say which rows are meant. */
  readonly others: readonly string[];
  /** Words of what the rows that are compared must not have. */
  readonly lacking: readonly string[];
  /** Words of the sentences before it. */
  readonly situation: readonly string[];
  /** Whether what it says of the rows is understood; `diggers aside` is not, nor are two things that they have none of. */
  readonly isClear: boolean;
}

/** Begins a question for one of several things. */
const WHICH = /\b(?:which|what)(?: one)?(?: of (?:the|your|our|these|those|all))?\s+(?=\p{L})/iu;
/** What stands between that and the superlative: `which is the cheapest room`. */
const IS_THE = /^(?:(?:is|are|was|were)|['’]s) (?:the |your |our )?$/i;
/** A question for a place or something, whose sort is not told; and for somebody. */
const UNTOLD = /\bwhere\b|\bwhat can\b/i;
const WHO = /\bwho\b/i;
/** Asks for something else than which: how much more the cheapest costs, when the first begins. */
const ELSE =
  /^\W*(?:and |but |so )?(?:how|when|why|who|whom|whose|is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have)\b/i;
/** Says that something is not so. */
const LACKS = /(?<!\p{L})(?:no|not|never|without|cannot)(?!\p{L})|n['’]t(?!\p{L})/iu;
/** Leaves some out. */
const EXCEPT = /\b(?:aside|except|apart from|other than|besides|excluding|but not)\b/i;
const FREE =
  /\b(?:for )?free\b(?! of\b)|\bfor nothing\b|\bcosts? (?:\w+ )?nothing\b|\bwithout (?:paying|(?:a |any )?(?:charge|fee))\b|\bno (?:charge|cost)\b/i;
/** The sort of thing, before what it has most of: `the adult course with the longest lessons`. */
const WITH_THE = /\b(?:an?|the|your) ((?:[\p{L}-]+ ){1,3})with (?:the )?$/iu;
/** `Of the petrol machines, which one is the cheapest`. */
const AMONG = /^\W*(?:of|among|amongst|out of) (?:all )?(?:the|your|our) ([^,]+),/i;
/** `I want the shortest course`, `cheapest adult ticket`. */
const WANTED = /(?:^|\b(?:the|your|want|need|find|like|for)\s)\W*$/i;
/** Whatever it is. */
const ANYTHING = /^\W*(?:things?|items?|ones?)\b/i;
const MONEY = /^(?:price|cost|fee|charg|rate|fare)$/;
const SENTENCE = /[^.!?]+[.!?]*/g;

/**
 * What a question asks of all rows of a table. English.
 * @returns null: it asks nothing of the sort
 */
export function askedOfTable(question: string): AskedOfTable | null {
  const sentences = question.match(SENTENCE) ?? [];
  const superlative = sentences.findLast((each) => superlativeIn(each) !== null);
  const asking = superlative ?? sentences.findLast((each) => [WHICH, UNTOLD, WHO].some((asks) => asks.test(each)));
  if (asking === undefined) return null;
  const asked = superlative === undefined ? lackAsked(asking) : superlativeAsked(asking);
  const situation = analyse(sentences.filter((each) => each !== asking).join(' '));
  const isClear = !EXCEPT.test(asking) && [...asking.matchAll(new RegExp(LACKS, 'giu'))].length < 2;
  return asked === null ? null : { ...asked, situation, isClear };
}

type AskedInSentence = Omit<AskedOfTable, 'situation' | 'isClear'>;

function superlativeAsked(sentence: string): AskedInSentence | null {
  const found = superlativeIn(sentence);
  const things = found === null ? null : thingsCompared(sentence, found);
  if (found === null || things === null) return null;
  const { superlative, start, end } = found;
  const { kind, compared } = things;
  const column = compared.length === 0 ? superlative.column.flatMap((each) => analyse(each)) : compared;
  const lacking = lackingIn(sentence);
  const words = analyse(sentence.slice(start, end));
  const known = new Set([...kind, ...column, ...lacking, ...words]);
  const others = analyse(sentence).filter((term) => !known.has(term));
  const hints = [...superlative.hints.flatMap((each) => analyse(each)), ...others];
  // What is compared must be told: `the most weeks`.
  const told = things.sort === 'any' && column.length === 0 ? others : column;
  return {
    superlative: words,
    kind,
    wanted: superlative.wanted,
    sort: things.sort,
    column: told,
    isColumnAsked: told !== column || compared.length > 0,
    hints,
    others,
    lacking,
  };
}

/** Words of what a sentence says that something has none of. */
function lackingIn(sentence: string): string[] {
  const lack = LACKS.exec(sentence);
  return lack === null ? [] : termsIn(sentence.slice(lack.index + lack[0].length).replace(/^\s*(?:an?|any|the) /i, ''));
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
  if (which === null && ELSE.test(sentence)) return null;
  const from = which === null ? 0 : which.index + which[0].trimEnd().length;
  const before = sentence.slice(from, start);
  const after = termsIn(sentence.slice(end));
  if (which === null ? isWanted(before) : IS_THE.test(before.trimStart())) return thingsBehind(sentence, after, sort);
  const among = AMONG.exec(sentence) ?? (which === null ? WITH_THE.exec(before) : null);
  const kind = termsIn(among?.[1] ?? (which === null ? '' : sentence.slice(from).trimStart()));
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
  if (lack === null || (kind.length === 0 && !UNTOLD.test(sentence) && !WHO.test(sentence))) return null;
  const after = analyse(sentence.slice(lack.index + lack[0].length));
  const known = new Set([...kind, ...analyse(lack[0])]);
  const others = analyse(sentence).filter((term) => !known.has(term));
  return {
    superlative: [],
    kind,
    wanted: free === null ? 'none' : 'free',
    sort: free === null ? 'any' : 'money',
    column: after,
    isColumnAsked: true,
    hints: others.filter((term) => !after.includes(term)),
    others,
    lacking: [],
  };
}

/** The terms of the noun and what stands before it that a text begins with. */
function termsIn(text: string): string[] {
  const found = attributeIn(text);
  if (found === null && ANYTHING.test(text)) return ['thing'];
  return found === null ? [] : [...found.modifiers, found.head];
}
