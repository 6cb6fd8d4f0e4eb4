import type { Leftover } from './compare.ts';
import type { Evidence } from './evidence.ts';
import type { Element } from './reading/elements.ts';

/** Words shown in a reason. */
const SHOWN = 5;

/** What a reason is read from. */
export interface Findings {
  /** The claim. */
  readonly text: string;
  readonly elements: readonly Element[];
  readonly evidence: Evidence;
  /** Of all sources, and of the sentences that together carry most. */
  readonly sources: readonly string[];
  readonly sentences: readonly string[];
  /** Of the sentence that carries most. */
  readonly leftovers: readonly Leftover[];
}

/** Why a claim is neither shown to be carried nor contradicted, in words. */
export function reasonOf({ text, elements, evidence, sources, sentences, leftovers }: Findings): string {
  const { facets, carriedBy } = evidence;
  const missing = facets
    .filter(({ above }, i) => carriedBy[i] === -1 && !above)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ at }) => text.slice(elements[at]?.start ?? 0, elements[at]?.end ?? 0));
  const nowhere = missing.filter((words) => !stands(words, sources));
  if (nowhere.length > 0) return `nothing in the sources says ${listed(nowhere)}`;
  const apart = missing.filter((words) => !stands(words, sentences));
  if (apart.length > 0) return `the sentences that say most of it do not say ${listed(apart)}`;
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

/** Whether words stand in a text as they are written; what was not recognised there may still be there. */
function stands(words: string, texts: readonly string[]): boolean {
  const lower = words.toLowerCase();
  return texts.some((text) => text.includes(words) || text.includes(lower));
}

function listed(words: readonly string[]): string {
  return [...new Set(words)]
    .slice(0, SHOWN)
    .map((each) => `"${each}"`)
    .join(', ');
}
