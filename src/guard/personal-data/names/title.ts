import { matches } from '../context.ts';
import type { PersonalDataSpan } from '../span.ts';

const titleShape =
  /(?<![\p{L}\p{N}])(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Madam|Dame|Lord|Lady|Rev|Reverend|Herr|Frau|Señora?|Sra?|Mme|Monsieur|Madame|Signora?)\.?(?=\s\p{Lu})|(?<![\p{L}\p{N}])(?:Mrs?|Ms|Dr|Prof)\.(?=\s)/gu;

/** Forms of address before a name; they tell sex, degree or rank. */
export function detectTitles(text: string): PersonalDataSpan[] {
  return [...matches(text, titleShape)].map(({ start, end }) => ({
    start,
    end,
    type: 'title',
    score: 0.9,
    reason: 'form of address before a capital',
  }));
}
