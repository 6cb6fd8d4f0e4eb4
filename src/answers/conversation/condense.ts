import { analyse } from '../../retrieval/index.ts';

/** Points back at something said before. */
const POINTS_BACK =
  /\b(?:it|its|they|them|their|theirs|this|that|these|those|he|she|him|her|his|hers|one|ones|same|else)\b/i;

/** Words that only look as if they did. */
const EXPLETIVE =
  /\b(?:is|was) it (?:possible|true|allowed|necessary|required|enough|ok|okay)\b|\b(?:those|anyone|everyone|somebody|someone|one) who\b|\bthis (?:year|month|week|quarter)\b|\b(?:says?|said|mean|sure|know|true|possible|required|agreed?) that\b/gi;

/** A joined question, or only what is different in it. */
const JOINED = /^(?:and|but|or|so|also|then|ok(?:ay)?,?)\b[\s,]*/i;
const ABOUT = /^(?:what|how) about\b[\s,]*/i;
const ASKS =
  /^(?:how|what|when|where|who|whom|whose|which|why|is|are|do|does|did|can|could|may|must|will|would|should|am|was|were|has|have)\b/i;

const PREPOSITION = 'for|in|at|on|of|with|to|from|by|during|after|before|under|per|about|without|every|each';
const LEADING_PREPOSITION = new RegExp(`^(${PREPOSITION})\\b`, 'i');

/** With fewer terms a question says too little by itself: `How long?`, `Why?`. */
const FEWEST_TERMS = 2;

/** Words that are never a part of what a noun is called. */
const FUNCTION_WORD = new RegExp(
  `^(?:${PREPOSITION}|a|an|the|my|our|your|do|does|did|is|are|was|were|can|may|must|will|should|have|has|and|or|how|what|which|when|many|much|any|all)$`,
  'i',
);

/**
 * A follow-up as a question that stands by itself, by rule and without a model: `And for Rome?` after `What is the per diem for
 * Paris?` → `What is the per diem for Rome?`; a question that points back gets the words it lacks: `How long is it valid (travel
 * permit)?`. English only; other questions stay as they are.
 * @param earlier the asker's questions before it, oldest first
 * @returns null when it stands by itself, or nothing came before
 */
export function condense(earlier: readonly string[], question: string): string | null {
  const before = earlier.reduce<string | null>((read, each) => followUp(read, each) ?? each, null);
  return followUp(before, question);
}

function followUp(before: string | null, question: string): string | null {
  if (before === null || before.trim() === '') return null;
  const said = question.trim();
  const joined = said.replace(JOINED, '');
  const about = joined.replace(ABOUT, '');
  const isElliptic = about !== said && !ASKS.test(about);
  if (isElliptic) return substituted(bare(before), bare(about)) ?? `${bare(before)}, ${bare(about)}?`;
  const pointsBack = POINTS_BACK.test(said.replace(EXPLETIVE, ' '));
  if (!pointsBack && analyse(said).length >= FEWEST_TERMS) return null;
  const lacking = missingWords(before, said);
  return lacking.length === 0 ? null : `${bare(joined)} (${lacking.join(' ')})?`;
}

function bare(text: string): string {
  return text.trim().replace(/[?.!\s]+$/, '');
}

/** Words of the question before that count and that this one does not have, as they were written. */
function missingWords(before: string, question: string): string[] {
  const known = new Set(analyse(question));
  return (before.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).filter((word) =>
    analyse(word).some((term) => !known.has(term) && known.add(term) && !ASKS.test(word)),
  );
}

/** The question before with what is different put in place of its like; null: nothing in it is alike. */
function substituted(before: string, other: string): string | null {
  const preposition = LEADING_PREPOSITION.exec(other)?.[1];
  if (preposition !== undefined) {
    const alike = new RegExp(`\\b${preposition}\\s+[^?.,;]+?(?=\\s+(?:${PREPOSITION})\\b|[?.,;]|$)`, 'gi');
    const phrase = [...before.matchAll(alike)].at(-1);
    return phrase === undefined ? null : `${replaced(before, phrase, other)}?`;
  }
  const words = other.replace(/^(?:the|a|an)\s+/i, '').split(/\s+/);
  const head = words.at(-1) ?? '';
  const [term] = analyse(head);
  const found = [...before.matchAll(/\S+/g)].filter(([word]) => term !== undefined && analyse(word)[0] === term).at(-1);
  if (found !== undefined) return `${replaced(before, withModifiers(before, found, words.length - 1), other)}?`;
  const name = /^\p{Lu}/u.test(other)
    ? [...before.matchAll(/(?<!^)\b\p{Lu}[\p{L}\p{N}-]*(?:\s+\p{Lu}[\p{L}\p{N}-]*)*/gu)].at(-1)
    : undefined;
  return name === undefined ? null : `${replaced(before, name, other)}?`;
}

interface Place {
  readonly 0: string;
  readonly index: number;
}

function replaced(text: string, { 0: found, index }: Place, other: string): string {
  return text.slice(0, index) + other + text.slice(index + found.length);
}

/** A noun with at most so many words directly before it that describe it. */
function withModifiers(text: string, noun: Place, most: number): Place {
  const before = [...text.slice(0, noun.index).matchAll(/\S+/g)];
  let start = noun.index;
  for (const word of before.toReversed().slice(0, most)) {
    if (FUNCTION_WORD.test(word[0])) break;
    start = word.index;
  }
  return { 0: text.slice(start, noun.index + noun[0].length), index: start };
}
