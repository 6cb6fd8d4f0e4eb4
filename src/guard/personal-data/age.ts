import { matches } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const AGE = String.raw`(?<age>1[0-2]\d|[1-9]\d?)`;
const after = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,$€£-])${AGE}(?:[ -]?(?:years?|yrs?)[ -]?(?:old|of age)|[ -]?y\/?o\b|[ -]months?[ -]old| Jahre alt| ans\b| años)`,
  'giu',
);
const before = new RegExp(
  String.raw`(?<=\b(?:aged?|age of|age is|age:|turn(?:ed|s|ing)?|(?:when|since|as) (?:i|he|she) was|at age) )${AGE}(?![\p{L}\p{N}%:/-]|[.,]\d)`,
  'giu',
);
// "Anna Smith, 34, teacher": a number of a life's length between commas after a capital.
const between = new RegExp(String.raw`(?<=\p{Lu}\p{Ll}+, )${AGE}(?=,)`, 'gu');

/** Ages of people; the span is the number alone. */
export function detectAges(text: string): PersonalDataSpan[] {
  return [after, before, between].flatMap((shape) =>
    [...matches(text, shape)].map(({ start, groups }): PersonalDataSpan => {
      const end = start + (groups['age']?.length ?? 0);
      return { start, end, type: 'age', score: 0.85, reason: 'number with words for age' };
    }),
  );
}
