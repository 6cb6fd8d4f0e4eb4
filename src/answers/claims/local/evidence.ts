import { isContent } from './align.ts';
import { keysOf, prefixKey, type ReadSource } from './read-source.ts';
import type { Element } from './reading/elements.ts';

/** Something a claim says that its sources have to say too: a word, a name, a number, a part of a date. */
export interface Facet {
  readonly kind: 'word' | 'name' | 'number';
  /** Position of its element in the claim. */
  readonly at: number;
  /** How much it counts, > 0: what is rare in the sources counts more, numbers and names more than words. */
  readonly weight: number;
  /** Numbers of the sentences that say it, counted through all sources in order; each once. */
  readonly places: readonly number[];
  /** It stands in a title or heading. */
  readonly above: boolean;
  /** No sentence says it, but another word of its family stands in the sources ("convert" for "conversion"). */
  readonly akin: boolean;
}

/** Sentences that carry a claim alone or together. */
export interface Evidence {
  readonly facets: readonly Facet[];
  /** The sentences that carry most by themselves, best first; numbers as in {@link Facet.places}. */
  readonly nearest: readonly number[];
  /** Sentences that together carry what can be carried, each adding most to those before it. */
  readonly together: readonly number[];
  /** For each facet which of `together` carries it first, -1: none of them. */
  readonly carriedBy: Int8Array;
}

/** Numbers, dates and names weigh as much as several words: a claim stands or falls with them. */
const WEIGHTS = { word: 1, name: 1.5, number: 2 } as const;
/** Sentences compared word by word with a claim. */
const COMPARED = 3;
/** Sentences taken together; a claim that needs more is rarely one claim. */
const TOGETHER = 4;

/** Looks up what a claim says in its sources, and the sentences that carry most of it. */
export function gatherEvidence(elements: readonly Element[], sources: readonly ReadSource[]): Evidence {
  const total = sources.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const facets = facetsOf(elements, sources, total);
  const gains = new Float64Array(total);
  for (const { places, weight } of facets)
    for (const number of places) gains[number] = (gains[number] as number) + weight;
  const nearest = largest(gains, COMPARED);
  return { facets, nearest, ...takeTogether(facets, gains) };
}

/** Greedy set cover; `gains` is used up. */
function takeTogether(facets: readonly Facet[], gains: Float64Array): Pick<Evidence, 'together' | 'carriedBy'> {
  const carriedBy = new Int8Array(facets.length).fill(-1);
  const together: number[] = [];
  while (together.length < TOGETHER) {
    const [best] = largest(gains, 1);
    if (best === undefined) break;
    const order = together.push(best) - 1;
    facets.forEach(({ places, weight }, i) => {
      if (carriedBy[i] !== -1 || !places.includes(best)) return;
      carriedBy[i] = order;
      for (const number of places) gains[number] = (gains[number] as number) - weight;
    });
  }
  return { together, carriedBy };
}

/** A gain below this is what rounding leaves of none. */
const NO_GAIN = 1e-6;

/** The places of the largest gains, largest first, earlier ones before equal later ones. */
function largest(gains: Float64Array, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < gains.length; i += 1) {
    const gain = gains[i] as number;
    if (gain < NO_GAIN || (top.length === count && gain <= (gains[top[count - 1] as number] as number))) continue;
    let at = Math.min(top.length, count - 1);
    for (; at > 0 && gain > (gains[top[at - 1] as number] as number); at -= 1) top[at] = top[at - 1] as number;
    top[at] = i;
  }
  return top;
}

function facetsOf(elements: readonly Element[], sources: readonly ReadSource[], total: number): Facet[] {
  const seen = new Set<string>();
  const facets: Facet[] = [];
  elements.forEach((element, at) => {
    if (!isContent(element)) return;
    const found = keysOf(element);
    for (const keys of element.date === null ? [found] : found.map((part) => [part])) {
      const [own = ''] = keys;
      if (seen.has(own)) continue;
      seen.add(own);
      const kind = element.kind === 'word' ? (element.capital && at > 0 ? 'name' : 'word') : 'number';
      const places = placesOf(keys, sources);
      const weight = WEIGHTS[kind] * Math.log(1 + (total + 1) / (1 + places.length));
      const above = kind !== 'number' && sources.some(({ context }) => context.has(own));
      const akin = places.length === 0 && kind !== 'number' && hasKin(own, sources);
      facets.push({ kind, at, weight, places, above, akin });
    }
  });
  return facets;
}

function placesOf(keys: readonly string[], sources: readonly ReadSource[]): readonly number[] {
  const [own = ''] = keys;
  const [only] = sources;
  if (sources.length === 1 && keys.length === 1) return only?.places.get(own) ?? [];
  const places = new Set<number>();
  let offset = 0;
  for (const source of sources) {
    for (const key of keys) for (const number of source.places.get(key) ?? []) places.add(offset + number);
    offset += source.sentences.length;
  }
  return [...places];
}

function hasKin(key: string, sources: readonly ReadSource[]): boolean {
  const prefix = prefixKey(key);
  return prefix !== null && sources.some(({ prefixes }) => prefixes.has(prefix));
}
