import type { Answer, AnswerSentence, Verdict } from '../answer.ts';
import { matchStatements, type Stated } from '../changes/diff-statements.ts';

/** A claim in two answers: positions in their sentences; null: the answer does not make it. Never both null. */
export interface ComparedClaim {
  readonly before: number | null;
  readonly after: number | null;
  /**
   * - `same`: word for word, with the same verdict; `verdict`: the same words, judged otherwise.
   * - `reworded`: most of its words; `added`, `removed`: only one of them makes it.
   */
  readonly what: 'same' | 'verdict' | 'reworded' | 'added' | 'removed';
}

/** Two answers, claim by claim, in the order of the later one. */
export interface ComparedAnswers {
  readonly before: AnswerSide;
  readonly after: AnswerSide;
  readonly claims: readonly ComparedClaim[];
}

/** What made one of them, and what it came to. */
export interface AnswerSide extends Pick<Answer, 'id' | 'kind' | 'record' | 'confidence'> {
  readonly sentences: readonly { readonly text: string; readonly verdict: Verdict }[];
}

/** Compares two answers by their claims. */
export function compareAnswers(before: Answer, after: Answer): ComparedAnswers {
  const [old, now] = [statedOf(before.sentences), statedOf(after.sentences)];
  const claims = matchStatements(old, now).map((match): ComparedClaim => {
    const [was, is] = [match.before, match.after].map((each, i) => {
      return each === null ? null : (i === 0 ? old : now).indexOf(each);
    }) as [number | null, number | null];
    if (was === null) return { before: null, after: is, what: 'added' };
    if (is === null) return { before: was, after: null, what: 'removed' };
    const agree = before.sentences[was]?.verdict === after.sentences[is]?.verdict;
    const equal = match.equal ? (agree ? 'same' : 'verdict') : 'reworded';
    return { before: was, after: is, what: equal };
  });
  const place = ({ before: was, after: is }: ComparedClaim): number => is ?? (was ?? 0) + 0.5;
  return { before: sideOf(before), after: sideOf(after), claims: claims.toSorted((a, b) => place(a) - place(b)) };
}

function statedOf(sentences: readonly AnswerSentence[]): Stated[] {
  return sentences.map(({ text }, i) => ({ start: i, end: i + 1, text }));
}

function sideOf({ id, kind, record, confidence, sentences }: Answer): AnswerSide {
  return { id, kind, record, confidence, sentences: sentences.map(({ text, verdict }) => ({ text, verdict })) };
}
