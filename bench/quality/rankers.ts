import { createDefaultEmbedder } from '../../src/models/index.ts';
import { analyse, type ChunkIndex, chunkTerms, type Hit, hybridSearch, readableAt } from '../../src/retrieval/index.ts';
import { attributesOf, benchContext, benchScope, numberOf } from '../corpus/index-entry.ts';
import { embedCached } from '../corpus/vector-cache.ts';
import type { Document, Query, RetrievalSet } from './beir.ts';

/** A way of searching: the ids of the documents it finds for a query, best first. */
export type Ranker = (query: QueryWithVector, limit: number) => Promise<string[]>;

/** A query, analysed and embedded. */
export interface QueryWithVector {
  readonly id: string;
  readonly terms: readonly string[];
  readonly vector: Float32Array;
}

const scope = benchScope('bench');

/** Texts of one retrieval set as vectors; from the cache when it was embedded before. */
export async function embedSet(set: RetrievalSet): Promise<{ documents: Float32Array[]; queries: Float32Array[] }> {
  const embedder = createDefaultEmbedder({ workers: 2 });
  try {
    const documents = set.documents.map(({ title, text }) => (title === '' ? text : `${title}\n${text}`));
    const queries = set.queries.map(({ text }) => text);
    return {
      documents: await embedCached(embedder, { texts: documents, purpose: 'document', label: set.name }),
      queries: await embedCached(embedder, { texts: queries, purpose: 'query', label: `${set.name}'s queries` }),
    };
  } finally {
    await embedder.close();
  }
}

/** Puts whole documents into the index, one chunk each, as the product would: the title is the chunk's header. */
export async function fillIndex(
  index: ChunkIndex,
  documents: readonly Document[],
  vectors: readonly Float32Array[],
): Promise<void> {
  const entries = documents.map(({ title, text }, number) => ({
    ...attributesOf(number),
    terms: chunkTerms(title, text),
    vector: vectors[number] ?? new Float32Array(scope.dimensions),
  }));
  for (let at = 0; at < entries.length; at += 1_000) {
    await index.putText(scope, entries.slice(at, at + 1_000), { mayExist: false });
    await index.putVectors(scope, entries.slice(at, at + 1_000), { mayExist: false });
  }
  await index.optimise(scope);
}

/** The queries as the rankers want them. */
export function prepareQueries(queries: readonly Query[], vectors: readonly Float32Array[]): QueryWithVector[] {
  return queries.map(({ id, text }, index) => ({
    id,
    terms: analyse(text),
    vector: vectors[index] ?? new Float32Array(scope.dimensions),
  }));
}

/** The product's three ways of searching, at their defaults. */
export function rankersOf(
  index: ChunkIndex,
  documents: readonly Document[],
): Record<'hybrid' | 'text' | 'vectors', Ranker> {
  const filter = readableAt(benchContext, Date.now());
  const ids = (hits: readonly Pick<Hit, 'documentId'>[]): string[] =>
    hits.map((hit) => documents[numberOf(hit)]?.id ?? '');
  return {
    hybrid: async ({ terms, vector }, limit) =>
      ids((await hybridSearch(index, scope, { terms, vector, filter, limit })).candidates),
    text: async ({ terms }, limit) =>
      terms.length === 0 ? [] : ids(await index.searchText(scope, terms, { filter, limit })),
    vectors: async ({ vector }, limit) => ids(await index.searchVectors(scope, vector, { filter, limit })),
  };
}
