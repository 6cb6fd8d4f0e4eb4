import { byScore, type Scored } from '../fusion.ts';
import type { DocumentWords } from './document-words.ts';
import { expandTerms } from './expand-terms.ts';

/** What a ranking fused by score knows of its chunks. */
export interface FusedRanking {
  /** `words + weight · cosine`, best first. */
  readonly fused: readonly Scored[];
  /** The words' part of each score, 0…1; 0 where it is missing. */
  readonly wordShares: ReadonlyMap<string, number>;
  /** chunk → version. */
  readonly versions: ReadonlyMap<string, string>;
}

/** How documents count. */
export interface DocumentWeighing {
  /** What the document's words weigh against the chunk's own, 0…1. */
  readonly weight: number;
  /** What terms suggested by the best documents weigh against the question's, 0…1; 0: none are looked for. */
  readonly expansion: number;
}

/** The new ranking and the terms it went by. */
export interface WeighedRanking {
  readonly ranking: readonly Scored[];
  /** term → weight. */
  readonly terms: ReadonlyMap<string, number>;
}

/**
 * Judges a chunk's words together with those of its document: the words' part of the score becomes
 * `(1 − weight) · chunk + weight · document`, both scaled to their best. A passage is read in its context (Callan, SIGIR
 * 1994): a question's words spread over neighbouring chunks count, and a chunk far from its document's subject sinks.
 * With expansion the documents are asked again for the terms that the first result suggests. A chunk whose document is
 * not counted keeps its own words' score.
 * @param terms the question's, as the index has them
 */
export function weighDocuments(
  words: DocumentWords,
  { fused, wordShares, versions }: FusedRanking,
  { terms, weighing }: { readonly terms: readonly string[]; readonly weighing: DocumentWeighing },
): WeighedRanking {
  const own = new Map([...new Set(terms)].map((term) => [term, 1]));
  const documentIds = new Set(versions.values());
  const weigh = (weights: ReadonlyMap<string, number>): readonly Scored[] => {
    const documents = scaledScores(words, documentIds, weights);
    if (documents === null) return fused;
    return fused
      .map(({ id, score }) => {
        const chunk = wordShares.get(id) ?? 0;
        const document = documents.get(versions.get(id) ?? '') ?? chunk;
        return { id, score: score + weighing.weight * (document - chunk) };
      })
      .sort(byScore);
  };
  const first = weigh(own);
  if (weighing.expansion === 0 || own.size === 0) return { ranking: first, terms: own };
  const expanded = expandTerms(words, terms, { ranked: bestOfEach(first, versions), mix: weighing.expansion });
  return { ranking: weigh(expanded), terms: expanded };
}

/** Null: no document has any of the terms. */
function scaledScores(
  words: DocumentWords,
  versionIds: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
): Map<string, number> | null {
  const scores = words.scores(versionIds, weights);
  let best = 0;
  for (const score of scores.values()) best = Math.max(best, score);
  if (best === 0) return null;
  for (const [id, score] of scores) scores.set(id, score / best);
  return scores;
}

function bestOfEach(ranking: readonly Scored[], versions: ReadonlyMap<string, string>) {
  const best = new Map<string, number>();
  for (const { id, score } of ranking) {
    const versionId = versions.get(id);
    if (versionId !== undefined && !best.has(versionId)) best.set(versionId, score);
  }
  return [...best].map(([versionId, score]) => ({ versionId, score }));
}
