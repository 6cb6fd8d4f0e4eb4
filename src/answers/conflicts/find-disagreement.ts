import { type ClaimVerdict, verifyClaims } from '../claims/index.ts';
import { type Asked, dot, type ScoredSentence, shareOf } from '../extractive/score-sentences.ts';
import { synonymsOf } from '../extractive/synonyms.ts';
import { comparable, differ, statedCounts, statedValues } from './stated-values.ts';

/** Two statements that answer the same question differently. */
export interface Disagreement {
  /** The words of each that differ. */
  readonly says: readonly [string, string];
}

/** Statements of one meaning: cosine from here. What is about the same but asks for another thing stays below. */
const PARALLEL = 0.55;

/** Statements that are nearly the same but for what differs: cosine from here, whatever is asked for. */
const TWINS = 0.7;

/** Share of the question's terms that both have to name to speak of the same. */
const COMMON = 0.3;

/** A statement with more values than this lists several things. */
const MOST_VALUES = 3;

/** Kinds whose answer is a value that can be compared. */
const VALUED: readonly string[] = ['amount', 'duration', 'extent', 'count', 'measure', 'date', 'time'];

/**
 * Whether two statements of different documents answer a question differently: both name what the question names, mean
 * nearly the same, and give other values of one sort, or one denies what the other says.
 * @returns null: they do not, or it cannot be shown
 */
export async function findDisagreement(
  a: ScoredSentence,
  b: ScoredSentence,
  given: { readonly asked: Asked; readonly signal: AbortSignal },
): Promise<Disagreement | null> {
  const { asked, signal } = given;
  if (!speakApart(a, b)) return null;
  const parallel = a.vector === null || b.vector === null ? 0 : dot(a.vector, b.vector);
  if (parallel < PARALLEL || !sameSubject(a, b, { asked, share: parallel >= TWINS ? 0 : COMMON })) return null;
  const valued = parallel >= TWINS || givesValue(a, b, asked);
  const values = valued ? otherValues(a, b, asked) : null;
  if (values !== null) return { says: values };
  return await denial(a, b, signal);
}

/** Sentences of two documents. A table's row tells of one of several things, and is no claim that another denies. */
export function speakApart({ sentence: a }: ScoredSentence, { sentence: b }: ScoredSentence): boolean {
  return a.passage.documentId !== b.passage.documentId && a.kind === 'sentence' && b.kind === 'sentence';
}

/** The question asks for a value, and both give one. */
export function givesValue(a: ScoredSentence, b: ScoredSentence, { kind }: Asked): boolean {
  return kind !== null && VALUED.includes(kind) && a.holdsKind === true && b.holdsKind === true;
}

/** Both name the same part of the question, themselves or by a synonym; what stands above a statement counts as well. */
function sameSubject(
  a: ScoredSentence,
  b: ScoredSentence,
  { asked, share }: { readonly asked: Asked; readonly share: number },
): boolean {
  const both = [...asked.weights.keys()].filter((term) => told(term, a) && told(term, b));
  return both.length > 0 && shareOf(asked, both) >= share;
}

function told(term: string, { named, sentence }: ScoredSentence): boolean {
  if (named.has(term) || sentence.context.has(term)) return true;
  return [...synonymsOf(term)].some((other) => sentence.terms.has(other) || sentence.context.has(other));
}

/** Values of one sort, none of them the same. */
export function otherValues(a: ScoredSentence, b: ScoredSentence, asked: Asked): readonly [string, string] | null {
  for (const read of asked.kind === 'count' ? [statedValues, statedCounts] : [statedValues]) {
    const [left, right] = [read(a.sentence.readable), read(b.sentence.readable)];
    if (left.length > MOST_VALUES || right.length > MOST_VALUES) return null;
    const pairs = left.flatMap((one) =>
      right.filter((other) => comparable(one, other)).map((other) => ({ one, other })),
    );
    if (pairs.some(({ one, other }) => !differ(one, other))) return null;
    const [first] = pairs;
    if (first !== undefined) return [first.one.says, first.other.says];
  }
  return null;
}

/** What the verifier of claims can show: the first statement read as a claim, the second as its source. */
async function denial(a: ScoredSentence, b: ScoredSentence, signal: AbortSignal): Promise<Disagreement | null> {
  const { passage, readable } = b.sentence;
  const source = { id: 'other', text: readable, context: [passage.title, ...passage.headingPath].join('\n') };
  const verdicts: ClaimVerdict[] = await verifyClaims(a.sentence.readable, [source], { signal });
  const shown = verdicts.find(({ conflict }) => conflict !== null)?.conflict ?? null;
  return shown === null ? null : { says: [shown.claim.text, shown.source.text] };
}
