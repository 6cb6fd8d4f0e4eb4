import { synonymsOf } from './synonyms.ts';
import { kinshipOf } from './word-kinship.ts';

/** A synonym that somebody wrote down stands for a word nearly as well as itself. */
const SYNONYM = 0.9;

/** The most that kinship by meaning can be worth: below a synonym. */
const MOST_KIN = 0.85;

/** Words that have nothing to do with each other are as near as this; it counts as nothing. */
const UNRELATED = 0.15;

/** Terms whose likenesses are remembered, each to at most the terms below it: some 8 MB. */
const REMEMBERED_TERMS = 300;
const REMEMBERED_OTHERS = 1_000;

const remembered = new Map<string, Map<string, number>>();

/**
 * How well the best of some terms stands for a term: 1 it is there, .9 a synonym is, below that by kinship of meaning, 0 nothing
 * does. Terms as `analyse` gives them.
 */
export function likeness(term: string, terms: ReadonlySet<string>): number {
  if (terms.has(term)) return 1;
  let best = 0;
  for (const other of terms) best = Math.max(best, pairLikeness(term, other));
  return best;
}

/** The same for one term that stands for another: 0…1. */
export function pairLikeness(term: string, other: string): number {
  if (term === other) return 1;
  const known = rememberedOf(term);
  return known.get(other) ?? remember(known, other, measured(term, other));
}

function rememberedOf(term: string): Map<string, number> {
  const known = remembered.get(term);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_TERMS) remembered.clear();
  const fresh = new Map<string, number>();
  remembered.set(term, fresh);
  return fresh;
}

function remember(known: Map<string, number>, other: string, value: number): number {
  if (known.size >= REMEMBERED_OTHERS) known.clear();
  known.set(other, value);
  return value;
}

function measured(one: string, other: string): number {
  if (synonymsOf(one).has(other)) return SYNONYM;
  const near = ((kinshipOf(one, other) ?? 0) - UNRELATED) / (1 - UNRELATED);
  return Math.min(MOST_KIN, Math.max(0, near));
}
