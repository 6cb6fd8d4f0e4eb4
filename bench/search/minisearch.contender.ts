/**
 * MiniSearch with terms made by the product's own analysis (its guide advises stemming and stop words through `tokenize`
 * and `processTerm`), so that every engine looks up the same terms. Any term may match, as in ours.
 */
import MiniSearch from 'minisearch';
import { analyse } from '../../src/retrieval/index.ts';
import { generateChunks, inBatches } from './chunks.ts';
import { type Engine, resultCount, type SearchSetting } from './contract.ts';
import { serveEngine } from './serve-engine.ts';

async function build(setting: SearchSetting): Promise<Engine> {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => analyse(text),
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', prefix: false, fuzzy: false },
  });
  for await (const batch of inBatches(generateChunks(setting), 1_000)) {
    index.addAll(batch.map(({ number, text }) => ({ id: number, text })));
  }
  const text = (query: { text: string }): number[] =>
    index
      .search(query.text)
      .slice(0, resultCount)
      .map((result) => Number(result.id));
  return { searches: { text } };
}

serveEngine(build);
