import type { Leftover } from './compare.ts';
import type { Evidence, Facet } from './evidence.ts';
import type { Element } from './reading/elements.ts';

/** Words shown in a reason. */
const SHOWN = 5;

/** What a reason is read from. */
export interface Findings {
  /** The claim. */
  readonly text: string;
  readonly elements: readonly Element[];
  readonly evidence: Evidence;
  /** Of the sentence that carries most. */
  readonly leftovers: readonly Leftover[];
}

/** Why a claim is neither shown to be carried nor contradicted, in words. */
export function reasonOf({ text, elements, evidence, leftovers }: Findings): string {
  const quoted = (facets: readonly Facet[]): string => listed(text, elements, facets);
  const { facets, carriedBy } = evidence;
  const missing = facets.filter(({ above }, i) => carriedBy[i] === -1 && !above);
  const nowhere = missing.filter(({ places }) => places.length === 0);
  if (nowhere.length > 0) return `nothing in the sources says ${quoted(nowhere)}`;
  if (missing.length > 0) return `the sentences that say most of it do not say ${quoted(missing)}`;
  const [first] = leftovers.filter(({ problem }) => problem !== 'missing');
  switch (first?.problem) {
    case 'added-limit':
      return `the source says it without "${first.text}"`;
    case 'dropped-limit':
      return `the source limits it with "${first.text}"`;
    case 'order':
      return `the source says it in another order around "${first.text}"`;
    default:
      return 'its words are spread over several sentences';
  }
}

/** Numbers and names first, then rare words. */
function listed(text: string, elements: readonly Element[], facets: readonly Facet[]): string {
  const words = facets
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ at }) => `"${text.slice(elements[at]?.start ?? 0, elements[at]?.end ?? 0)}"`);
  return [...new Set(words)].slice(0, SHOWN).join(', ');
}
