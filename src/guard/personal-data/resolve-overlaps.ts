import type { PersonalDataSpan, PersonalDataType } from './span.ts';

/** Kinds whose spans are made of others: an address holds a city and a postcode, an e-mail address a domain. */
const wholes: ReadonlySet<PersonalDataType> = new Set(['street-address', 'email', 'url', 'iban', 'payment-card']);

/**
 * One kind per place: of spans that overlap, the surer one stays; a whole (address, e-mail, URL, IBAN, card) beats its parts
 * even when a part is a little surer; then the longer.
 * @returns spans in the order of the text, none overlapping
 */
export function resolveOverlaps(spans: readonly PersonalDataSpan[]): PersonalDataSpan[] {
  const ranked = [...spans].sort((a, b) => rank(b) - rank(a) || length(b) - length(a) || a.start - b.start);
  const kept: PersonalDataSpan[] = [];
  for (const span of ranked) {
    const at = firstEndingAfter(kept, span.start);
    const next = kept[at];
    if (next === undefined || next.start >= span.end) kept.splice(at, 0, span);
  }
  return kept;
}

function rank({ score, type }: PersonalDataSpan): number {
  return score + (wholes.has(type) ? 0.25 : 0);
}

function length({ start, end }: PersonalDataSpan): number {
  return end - start;
}

/** Index of the first span, in an ordered list without overlaps, that ends after the offset. */
function firstEndingAfter(ordered: readonly PersonalDataSpan[], offset: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
