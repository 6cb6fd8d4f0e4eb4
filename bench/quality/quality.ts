import { parseArgs } from 'node:util';
import { checkSettings } from '../../src/retrieval/index.ts';
import { mean } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type RetrievalSet, readRetrievalSet } from './beir.ts';
import { openBenchIndex } from './bench-index.ts';
import { measureThroughProduct } from './through-product.ts';
import { type Judgements, ndcg, recall } from './ndcg.ts';
import { embedSet, fillIndex, prepareQueries, type QueryWithVector, type Ranker, rankersOf } from './rankers.ts';

/**
 * Retrieval quality on each folder. With `--through-product`: see `through-product.ts`. Without: the product's own
 * index, analysis and fusion at their defaults over whole documents, one chunk each. Keys begin with the folder's name
 * when there are several folders.
 */
export async function measureQuality(args: readonly string[]): Promise<Metrics> {
  const { positionals: folders, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'through-product': { type: 'boolean', default: false },
      preset: { type: 'string' },
      index: { type: 'string', default: 'lancedb' },
    },
  });
  if (folders.length === 0) {
    throw new Error('Give at least one folder in the BEIR layout: npm run --silent bench -- quality FOLDER [FOLDER…]');
  }
  const { preset } = values;
  if (preset !== undefined && !values['through-product']) throw new Error('--preset needs --through-product.');
  if (values['through-product'] && values.index !== 'lancedb') {
    throw new Error('--through-product measures the default index: leave out --index, or --through-product.');
  }
  if (values['through-product']) {
    return await measureThroughProduct(folders, preset === undefined ? {} : checkSettings({ preset }));
  }
  const metrics: Metrics = {};
  for (const folder of folders) {
    const set = await readRetrievalSet(folder);
    for (const [key, value] of Object.entries(await measureSet(set, values.index))) {
      metrics[folders.length === 1 ? key : `${set.name}${key.charAt(0).toUpperCase()}${key.slice(1)}`] = value;
    }
  }
  return metrics;
}

async function measureSet(set: RetrievalSet, indexKind: string): Promise<Metrics> {
  progress(`${set.name}: ${set.documents.length} documents, ${set.queries.length} queries`);
  const vectors = await embedSet(set);
  const { index, close } = await openBenchIndex(indexKind);
  try {
    await fillIndex(index, set.documents, vectors.documents);
    const queries = prepareQueries(set.queries, vectors.queries);
    const { hybrid, text, vectors: nearest } = rankersOf(index, set.documents);
    const average = (ranker: Ranker, measure: Measure): Promise<number> =>
      averageOver(queries, { set, ranker, measure });
    return {
      ndcg10: await average(hybrid, ndcgAt10),
      ndcg10Bm25: await average(text, ndcgAt10),
      ndcg10Vectors: await average(nearest, ndcgAt10),
      recall100: await average(hybrid, recallAt100),
      recall100Bm25: await average(text, recallAt100),
      recall100Vectors: await average(nearest, recallAt100),
    };
  } finally {
    await close();
  }
}

/** A measure and how many results it looks at. */
interface Measure {
  readonly cut: number;
  of(ranking: readonly string[], judgements: Judgements, cut: number): number;
}

const ndcgAt10: Measure = { cut: 10, of: ndcg };
const recallAt100: Measure = { cut: 100, of: recall };

async function averageOver(
  queries: readonly QueryWithVector[],
  { set, ranker, measure }: { set: RetrievalSet; ranker: Ranker; measure: Measure },
): Promise<number> {
  const values: number[] = [];
  for (const query of queries) {
    const judgements = set.judgements.get(query.id) ?? new Map<string, number>();
    values.push(measure.of(await ranker(query, measure.cut), judgements, measure.cut));
  }
  return mean(values);
}
