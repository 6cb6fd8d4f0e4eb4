import { matches, saidBefore } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const about =
  /\b(?:zip(?: ?code)?|post(?:al)? ?code|plz|code postal|código postal|cap|area code)\b[^\p{L}\n]*(?:is|was|of|to|for|in|changed|code|[: ])*\W*$/iu;
const named =
  /(?<![\p{L}\p{N}-])(?:\d{5}(?:-\d{4})?|\d{3,7}|\d{2}-\d{3}|\d{3}-\d{4}|\d{5}-\d{3}|\d{4} ?\p{Lu}{2})(?![\p{L}\p{N}]|-\d)/gu;
// Forms that few other things share: Royal Mail's and Canada Post's, and a state of the United States before five digits.
const british =
  /(?<![\p{L}\p{N}])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]) \d[ABD-HJLNP-UW-Z]{2})(?![\p{L}\p{N}])/gu;
const canadian = /(?<![\p{L}\p{N}])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d(?![\p{L}\p{N}])/gu;
const american =
  /(?<=(?<![\p{L}])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? )\d{5}(?:-\d{4})?(?![\p{L}\p{N}])/gu;

/** Postcodes: any number that is called one, and the British, Canadian and American forms. */
export function detectPostcodes(text: string): PersonalDataSpan[] {
  const called = [...matches(text, named)].filter((match) => saidBefore(text, match, about));
  const shaped = [british, canadian, american].flatMap((shape) => [...matches(text, shape)]);
  return [
    ...called.map(({ start, end }) => spanOf(start, end, { score: 0.9, reason: 'called a postcode' })),
    ...shaped.map(({ start, end }) => spanOf(start, end, { score: 0.8, reason: 'form of a postcode' })),
  ];
}

function spanOf(start: number, end: number, verdict: { score: number; reason: string }): PersonalDataSpan {
  return { start, end, type: 'postcode', ...verdict };
}
