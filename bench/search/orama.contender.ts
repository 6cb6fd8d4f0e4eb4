/**
 * Orama with terms made by the product's own analysis, without the sort index its guide says to leave out when unused.
 * Hybrid search at its defaults, but for a similarity of 0: at the default .8 a short query's vector finds nothing.
 */
import { create, insertMultiple, search } from '@orama/orama';
import { analyse } from '../../src/retrieval/index.ts';
import { generateChunks, inBatches } from './chunks.ts';
import { type Engine, type Query, resultCount, type SearchSetting } from './contract.ts';
import { serveEngine } from './serve-engine.ts';

const numbers = (found: { hits: { id: string }[] }): number[] => found.hits.map((hit) => Number(hit.id));

async function build(setting: SearchSetting): Promise<Engine> {
  const index = create({
    schema: { text: 'string', vector: 'vector[384]' } as const,
    sort: { enabled: false },
    components: {
      tokenizer: { language: 'english', normalizationCache: new Map(), tokenize: (text: string) => analyse(text) },
    },
  });
  for await (const batch of inBatches(generateChunks(setting), 1_000)) {
    const documents = batch.map(({ number, text, vector }) => ({
      id: String(number),
      text,
      vector: Array.from(vector),
    }));
    await insertMultiple(index, documents, 1_000);
  }
  const options = { properties: ['text' as const], limit: resultCount };
  return {
    searches: {
      text: async (query: Query) => numbers(await search(index, { ...options, term: query.text })),
      hybrid: async (query: Query) =>
        numbers(
          await search(index, {
            ...options,
            mode: 'hybrid',
            term: query.text,
            vector: { value: Array.from(query.vector), property: 'vector' },
            similarity: 0,
          }),
        ),
    },
  };
}

serveEngine(build);
