import { matches } from '../context.ts';
import type { PersonalDataSpan } from '../span.ts';
import { fold, nationalities } from './lexicon.ts';

const word =
  /(?<![\p{L}\p{N}-])(?:(?:North|South|Costa|Puerto|Sri|New|Saudi|Cape) )?\p{L}[\p{L}\p{M}]+(?![\p{L}\p{N}])/gu;
/** Written small they are other words, or too short to be sure. */
const onlyWithCapital =
  /^(?:polish|orthodox|democrats?|republicans?|socialists?|conservatives?|liberals?|quakers?|romans?|roma|.{1,4})$/;
const beliefs = new Set(
  (
    'christian catholic protestant orthodox lutheran baptist methodist anglican evangelical mormon muslim islamic sunni shia jewish jew hindu ' +
    'buddhist sikh atheist agnostic jain taoist quaker republican democrat socialist communist conservative liberal libertarian ' +
    'asian african european hispanic latino latina caucasian arab arabic kurdish roma american'
  ).split(' '),
);

/** Nationalities, religions, political and ethnic groups, capitalised, in the singular or plural. */
export function detectGroups(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, end, value } of matches(text, word)) {
    const folded = fold(value);
    const singular = folded.replace(/s$/, '');
    const isNation = nationalities.has(folded) || nationalities.has(singular);
    if (!/^\p{Lu}/u.test(value) && onlyWithCapital.test(folded)) continue;
    if (!isNation && !beliefs.has(folded) && !beliefs.has(singular)) continue;
    spans.push({
      start,
      end,
      type: 'group',
      score: 0.72,
      reason: isNation ? 'nationality' : 'religion or other group',
    });
  }
  return spans;
}
