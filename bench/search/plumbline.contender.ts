/** Plumbline's own chunk index (LanceDB) and hybrid search, filtered as the product filters: access list and validity. */
import { analyse, type Filter, hybridSearch, openLanceChunkIndex, readableAt } from '../../src/retrieval/index.ts';
import { attributesOf, benchContext, benchScope, numberOf } from '../corpus/index-entry.ts';
import { generateChunks, inBatches } from './chunks.ts';
import { type Engine, type Query, resultCount, type SearchSetting } from './contract.ts';
import { serveEngine } from './serve-engine.ts';

const scope = benchScope('bench');

const options = (): { filter: Filter; limit: number } => ({
  filter: readableAt(benchContext, Date.now()),
  limit: resultCount,
});

async function build(setting: SearchSetting): Promise<Engine> {
  const index = await openLanceChunkIndex({ folder: setting.home });
  for await (const batch of inBatches(generateChunks(setting), 1_000)) {
    const entries = batch.map(({ number, text, vector }) => ({
      ...attributesOf(number),
      terms: analyse(text).join(' '),
      vector,
    }));
    await index.putText(scope, entries, { mayExist: false });
    await index.putVectors(scope, entries, { mayExist: false });
  }
  await index.optimise(scope);
  return {
    searches: {
      hybrid: async ({ text, vector }: Query) =>
        (await hybridSearch(index, scope, { ...options(), terms: analyse(text), vector })).candidates.map(numberOf),
      text: async ({ text }: Query) => (await index.searchText(scope, analyse(text), options())).map(numberOf),
      vector: async ({ vector }: Query) => (await index.searchVectors(scope, vector, options())).map(numberOf),
    },
  };
}

serveEngine(build);
