import type { Database } from '../../store/index.ts';
import { IndexVersions } from './index-versions.ts';
import { SearchCache } from './search-cache.ts';
import { VectorCache } from './vector-cache.ts';

/** What searching keeps, and what tells it when that is old. */
export interface SearchCaches<T> {
  readonly versions: IndexVersions;
  readonly searches: SearchCache<T>;
  /** Vectors of questions. */
  readonly questions: VectorCache;
}

/** Shares of the memory: results are larger than vectors. */
const SEARCHES = 0.75;

/** @param maxBytes for everything together; 0: nothing is kept */
export function openSearchCaches<T>(database: Database, maxBytes: number): SearchCaches<T> {
  const versions = new IndexVersions(database);
  const searches = new SearchCache<T>({ database, versions, maxBytes: maxBytes * SEARCHES });
  return { versions, searches, questions: new VectorCache(maxBytes * (1 - SEARCHES)) };
}
