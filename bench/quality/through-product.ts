import { scopeOf } from '../../src/ingest/index.ts';
import { analyse, type RetrievalSettings, readableAt } from '../../src/retrieval/index.ts';
import { seeded } from '../corpus/random.ts';
import { bootstrapInterval } from '../report/bootstrap.ts';
import { mean, quantile } from '../report/quantiles.ts';
import type { Metrics } from '../report/report.ts';
import { type Query, type RetrievalSet, readRetrievalSet } from './beir.ts';
import { ndcg, recall } from './ndcg.ts';
import { type ServedSet, serveSet } from './serve-set.ts';

/** What one way of searching did with each query of a set, in the set's order. */
export interface Measured {
  readonly ndcg10: number[];
  readonly recall100: number[];
  /** Milliseconds of the search as the product reports it, the question's vector not included. */
  readonly searchMs: number[];
}

/** A way of searching the served set: document ids best first, and how long it took. */
export type DocumentRanker = (query: Query) => Promise<{ readonly documents: string[]; readonly ms: number }>;

const documentsWanted = 100;
const passagesPerPage = 100;

/**
 * Takes each folder in as a user would, searches it as a caller does and ranks documents by their best passages, so
 * that parsing, chunking and everything after the ranker count too. Keys begin with the folder's name when there are
 * several folders.
 */
export async function measureThroughProduct(folders: readonly string[], settings: RetrievalSettings): Promise<Metrics> {
  const metrics: Metrics = {};
  for (const folder of folders) {
    const set = await readRetrievalSet(folder);
    const served = await serveSet(set);
    try {
      const prefix = folders.length === 1 ? '' : set.name;
      Object.assign(
        metrics,
        figures(await measureRanker(set, productRanker(served, settings)), { prefix, suffix: '' }),
      );
      Object.assign(metrics, figures(await measureRanker(set, wordsRanker(served)), { prefix, suffix: 'Bm25' }));
    } finally {
      await served.close();
    }
  }
  return metrics;
}

function figures(measured: Measured, { prefix, suffix }: { prefix: string; suffix: string }): Metrics {
  const key = (name: string): string =>
    (prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1)) + suffix;
  const { low, high } = bootstrapInterval(measured.ndcg10, seeded(1));
  return {
    [key('ndcg10')]: mean(measured.ndcg10),
    [key('ndcg10Low')]: low,
    [key('ndcg10High')]: high,
    [key('recall100')]: mean(measured.recall100),
    [key('searchP50Ms')]: quantile(measured.searchMs, 0.5),
  };
}

/** Measures one way of searching on every judged query. */
export async function measureRanker(set: RetrievalSet, ranker: DocumentRanker): Promise<Measured> {
  const measured: Measured = { ndcg10: [], recall100: [], searchMs: [] };
  for (const query of set.queries) {
    const judgements = set.judgements.get(query.id) ?? new Map<string, number>();
    const { documents, ms } = await ranker(query);
    measured.ndcg10.push(ndcg(documents, judgements, 10));
    measured.recall100.push(recall(documents, judgements, documentsWanted));
    measured.searchMs.push(ms);
  }
  return measured;
}

/** Searches as a caller of the product does, page by page; a document stands where its best passage stands. */
export function productRanker(
  { platform, collection, documentOf }: ServedSet,
  settings: RetrievalSettings,
): DocumentRanker {
  const context = platform.localContext();
  return async ({ text }) => {
    const documents = new Set<string>();
    let ms = 0;
    for (let after: string | null = null; documents.size < documentsWanted; ) {
      const page = await platform.search(context, {
        collection,
        question: text,
        asOf: Date.now(),
        filter: { op: 'all' },
        limit: passagesPerPage,
        after,
        settings,
        signal: new AbortController().signal,
      });
      if (ms === 0) ms = (page.timings['totalMs'] ?? 0) - (page.timings['embedMs'] ?? 0);
      for (const item of page.items) documents.add(documentOf.get(item.externalId) ?? '');
      after = page.nextCursor;
      if (after === null) break;
    }
    return { documents: [...documents], ms };
  };
}

/** Words alone over the same chunks: what the product's recall is compared with. */
export function wordsRanker({ platform, collection, documentOf }: ServedSet): DocumentRanker {
  const context = platform.localContext();
  const scope = scopeOf(context, collection.id, platform.embedder);
  const externalIds = new Map<string, string>();
  return async ({ text }) => {
    const started = performance.now();
    const filter = readableAt(context, Date.now());
    const hits = await platform.index.searchText(scope, analyse(text), { filter, limit: 1_000 });
    const ms = performance.now() - started;
    const unknown = hits.map((hit) => hit.documentId).filter((id) => !externalIds.has(id));
    for (const id of new Set(unknown)) {
      const { externalId } = await platform.ingest.document(context, id);
      externalIds.set(id, documentOf.get(externalId) ?? '');
    }
    return { documents: [...new Set(hits.map((hit) => externalIds.get(hit.documentId) ?? ''))], ms };
  };
}
