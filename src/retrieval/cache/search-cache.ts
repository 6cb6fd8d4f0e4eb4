import { createHash } from 'node:crypto';
import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { IndexScope } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
import { BoundedCache, type CacheCounts } from './bounded-cache.ts';
import { Flights } from './flights.ts';
import type { IndexVersions } from './index-versions.ts';
import { type Validity, validityAround } from './validity.ts';

/** Everything the result of a search depends on beside the tenant and the access list, which are the context's. */
export interface CachedSearch {
  readonly scope: IndexScope;
  readonly question: string;
  /** The caller's own, without the access list and the moment. */
  readonly filter: Filter;
  /** Milliseconds since 1970: only what is valid then is found. */
  readonly asOf: number;
  /** Page and settings, plain JSON. */
  readonly settings: unknown;
  readonly signal: AbortSignal;
}

/** What a search is made of. */
export interface SearchCacheOptions {
  readonly database: Database;
  readonly versions: IndexVersions;
  /** What the results weigh together at most; 0: none is kept. */
  readonly maxBytes: number;
}

/** Stretches of time known of one state of an index at most. */
const MOST_VALIDITIES = 64;
const VALIDITY_BYTES = 1_000;

/**
 * Results of searches, in this process. One is used again for the same tenant, access list, collection, embedder, question, filter and
 * settings while the index is in the same state and the same versions are valid; while the index is being written none is.
 * Equal searches at the same moment are done once.
 */
export class SearchCache<T> {
  readonly #options: SearchCacheOptions;
  readonly #results: BoundedCache<T>;
  readonly #validities: BoundedCache<Validity[]>;
  readonly #flights = new Flights<T>();
  /** Collections of which results may be kept. */
  readonly #collections = new Set<string>();

  constructor(options: SearchCacheOptions) {
    this.#options = options;
    this.#results = new BoundedCache(options.maxBytes);
    this.#validities = new BoundedCache(options.maxBytes / 8);
    // Nobody would find them any more, and they hold documents' words.
    options.versions.onChange((collectionId) => this.#forget(collectionId));
  }

  /** Of the results. */
  get counts(): CacheCounts {
    return this.#results.counts;
  }

  /**
   * The kept result, or the one made now.
   * @param make does the search; @param weigh what its result weighs, bytes
   */
  async find(
    context: TenantContext,
    search: CachedSearch,
    make: { readonly result: (signal: AbortSignal) => Promise<T>; readonly weigh: (result: T) => number },
  ): Promise<{ readonly result: T; readonly isKept: boolean }> {
    const { collectionId } = search.scope;
    const state = await this.#stateOf(context, search);
    if (state === null) return { result: await make.result(search.signal), isKept: false };
    const key = keyOf(context, search, state);
    const kept = this.#results.get(key);
    if (kept !== undefined) return { result: kept, isKept: true };
    const result = await this.#flights.join(key, search.signal, async (signal) => {
      const made = await make.result(signal);
      const version = await this.#options.versions.read(context, collectionId);
      if (version === state.version) this.#keep(key, { made, bytes: make.weigh(made), collectionId });
      return made;
    });
    return { result, isKept: false };
  }

  /** Whether a result made now would be kept, if anything is: not while the index is written, nor in the moment after. */
  async isSettled(context: TenantContext, collectionId: string): Promise<boolean> {
    return this.#options.maxBytes === 0 || (await this.#options.versions.read(context, collectionId)) !== null;
  }

  #keep(
    key: string,
    { made, bytes, collectionId }: { readonly made: T; readonly bytes: number; readonly collectionId: string },
  ): void {
    this.#collections.add(collectionId);
    this.#results.set(key, made, bytes);
  }

  #forget(collectionId: string): void {
    if (this.#collections.delete(collectionId)) this.#results.forget(collectionId);
  }

  /** Null: it is being written, or nothing is kept. */
  async #stateOf(context: TenantContext, { scope, asOf }: CachedSearch): Promise<State | null> {
    if (this.#options.maxBytes === 0) return null;
    const { collectionId } = scope;
    const version = await this.#options.versions.read(context, collectionId);
    if (version === null) return null;
    const known = this.#validities.get(version) ?? [];
    const found = known.find(({ from, to }) => from <= asOf && asOf < to);
    if (found !== undefined) return { version, validity: found };
    const validity = await validityAround(this.#options.database, context, { collectionId, asOf });
    this.#validities.set(version, [validity, ...known].slice(0, MOST_VALIDITIES), VALIDITY_BYTES);
    return { version, validity };
  }
}

interface State {
  readonly version: string;
  readonly validity: Validity;
}

/** The collection and a hash, so that a key holds no words and has one length. */
function keyOf(context: TenantContext, search: CachedSearch, state: State): string {
  const { scope, question, filter, settings } = search;
  const access = [...new Set(context.groups)].sort();
  const { from } = state.validity;
  const parts = [
    context.tenantId,
    access,
    scope,
    state.version,
    Number.isFinite(from) ? from : null,
    question,
    filter,
    settings,
  ];
  return `${scope.collectionId} ${createHash('sha256').update(JSON.stringify(parts)).digest('base64')}`;
}
