/** Builds a generated collection in the product's index on LanceDB, in a process of its own, and searches it. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import {
  analyse,
  type ChunkIndex,
  hybridSearch,
  openLanceChunkIndex,
  readableAt,
  type TextEntry,
  type VectorEntry,
} from '../../src/retrieval/index.ts';
import { attributesOf, benchContext, benchScope, numberOf } from '../corpus/index-entry.ts';
import { serveRequests } from '../process/handlers.ts';
import { type Metrics, progress } from '../report/report.ts';
import type { Query } from '../search/contract.ts';
import { generateCollection, type Recipe } from './collection.ts';
import { realSentences } from './real-sentences.ts';

/** How many results every search asks for. */
const RESULTS = 10;
const BATCH = 2_048;
const WARMING = 100;
/** A million rows with their vectors are read in some thirty seconds. */
const WARMING_MS = 40_000;

/** A question with its vector, or a vector alone. */
export interface ScaleQuery extends Query {}

/** What building took. */
export interface Built extends Metrics {
  readonly loadMs: number;
  readonly indexMs: number;
  readonly diskMb: number;
}

const scope = benchScope('scale');
let index: ChunkIndex;
let home = '';
const options = () => ({ filter: readableAt(benchContext, Date.now()), limit: RESULTS });

async function load(recipe: Recipe): Promise<void> {
  const real = await realSentences();
  let entries: (TextEntry & VectorEntry)[] = [];
  const put = async (): Promise<void> => {
    const batch = entries;
    entries = [];
    await Promise.all([
      index.putText(scope, batch, { mayExist: false }),
      index.putVectors(scope, batch, { mayExist: false }),
    ]);
  };
  for (const { number, vector, terms } of generateCollection(real, recipe)) {
    entries.push({ ...attributesOf(number), terms, vector: vector.slice() });
    if (entries.length === BATCH) await put();
  }
  if (entries.length > 0) await put();
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}

const searches = {
  vector: async ({ vector }: ScaleQuery) => (await index.searchVectors(scope, vector, options())).map(numberOf),
  text: async ({ text }: ScaleQuery) => (await index.searchText(scope, analyse(text), options())).map(numberOf),
  hybrid: async ({ text, vector }: ScaleQuery) =>
    (await hybridSearch(index, scope, { ...options(), terms: analyse(text), vector })).candidates.map(numberOf),
};

async function open(folder: string): Promise<void> {
  index = await openLanceChunkIndex({ folder });
  home = folder;
}

const handlers = {
  /** An index that was built before. */
  open: async ({ folder }: { folder: string }): Promise<void> => open(folder),
  build: async ({ recipe, folder }: { recipe: Recipe; folder: string }): Promise<Built> => {
    await open(folder);
    const started = performance.now();
    await load(recipe);
    const loaded = performance.now();
    progress(`loaded in ${Math.round((loaded - started) / 1_000)} s, building the indexes`);
    await index.optimise(scope);
    return { loadMs: loaded - started, indexMs: performance.now() - loaded, diskMb: await sizeOf(folder) };
  },
  /** Searches until what is read into memory in the background is there: as an index is that has been searched for a while. */
  warm: async ({ queries }: { queries: readonly ScaleQuery[] }): Promise<void> => {
    const until = performance.now() + WARMING_MS;
    while (performance.now() < until) for (const query of queries.slice(0, 50)) await searches.hybrid(query);
  },
  /** Milliseconds of each search, one after the other, after some that do not count. */
  time: async ({
    mode,
    queries,
  }: {
    mode: keyof typeof searches;
    queries: readonly ScaleQuery[];
  }): Promise<number[]> => {
    const durations: number[] = [];
    for (const query of queries.slice(0, WARMING)) await searches[mode](query);
    for (const query of queries) {
      const started = performance.now();
      await searches[mode](query);
      durations.push(performance.now() - started);
    }
    return durations;
  },
  /** Searches the index itself, with an effort of its own. */
  probe: async ({ queries, share, refine }: { queries: readonly ScaleQuery[]; share: number; refine: number }) => {
    const connection = await connect(home);
    const name = (await connection.tableNames()).find((each) => each.startsWith('vectors-')) ?? '';
    const table = await connection.openTable(name);
    // The name of the index ends in how many rows it was trained on; partitions are their square root.
    const trained = Number(
      (await table.listIndices()).find(({ columns }) => columns.includes('vector'))?.name.split('_')[1],
    );
    const nprobes = Math.ceil(Math.floor(Math.sqrt(trained)) * share);
    const [found, durations]: [number[][], number[]] = [[], []];
    for (const { vector } of queries) {
      const started = performance.now();
      const query = table.vectorSearch(vector).distanceType('cosine').nprobes(nprobes).refineFactor(refine);
      const rows = (await query.select(['documentId', '_distance']).limit(RESULTS).toArray()) as {
        documentId: string;
      }[];
      durations.push(performance.now() - started);
      found.push(rows.map(numberOf));
    }
    table.close();
    return { found, durations };
  },
  /** What is found by vector. */
  find: async ({ queries }: { queries: readonly ScaleQuery[] }): Promise<number[][]> => {
    const found: number[][] = [];
    for (const query of queries) found.push(await searches.vector(query));
    return found;
  },
};

/** What the process can be asked. */
export type ScaleHandlers = typeof handlers;

serveRequests(handlers);
