import type { RetrievalSettings } from '../../src/retrieval/index.ts';
import { seeded } from '../corpus/random.ts';
import { readRetrievalSet } from '../quality/beir.ts';
import { serveSet } from '../quality/serve-set.ts';
import { type Measured, measureRanker, productRanker, wordsRanker } from '../quality/through-product.ts';
import { bootstrapInterval } from '../report/bootstrap.ts';
import { mean, quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';

/** What is added step by step; the step before is what each is compared with. */
const STEPS: readonly { readonly name: string; readonly settings: RetrievalSettings }[] = [
  { name: 'rankFusion', settings: { preset: 'fast', fusion: 'rank' } },
  { name: 'fast', settings: { preset: 'fast' } },
  { name: 'documentWords', settings: { preset: 'balanced', expansion: 0 } },
  { name: 'balanced', settings: { preset: 'balanced' } },
  { name: 'best', settings: { preset: 'best' } },
];

/**
 * What each stage of retrieval adds on one folder in the BEIR layout, through the product: words only, both rankings
 * fused by rank, by score (preset `fast`), with the words of whole documents, asked again for the terms the first result
 * suggests (preset `balanced`), and smoothed (preset `best`). `…Gain` is over the step before, with its paired interval
 * over the queries.
 */
export async function measureAblation(args: readonly string[]): Promise<Metrics> {
  const [folder, ...others] = args;
  if (folder === undefined || others.length > 0) {
    throw new Error('Give one folder in the BEIR layout: npm run --silent bench -- ablation FOLDER');
  }
  const set = await readRetrievalSet(folder);
  const served = await serveSet(set);
  try {
    let before = await measureRanker(set, wordsRanker(served));
    const metrics: Metrics = figures('words', before);
    for (const { name, settings } of STEPS) {
      progress(`${set.name}: ${name}`);
      const measured = await measureRanker(set, productRanker(served, settings));
      Object.assign(metrics, figures(name, measured), gain(name, { measured, before }));
      before = measured;
    }
    return metrics;
  } finally {
    await served.close();
  }
}

function figures(name: string, { ndcg10, recall100, searchMs }: Measured): Metrics {
  return {
    [`${name}Ndcg10`]: mean(ndcg10),
    [`${name}Recall100`]: mean(recall100),
    [`${name}P50Ms`]: quantile(searchMs, 0.5),
  };
}

function gain(name: string, { measured, before }: { readonly measured: Measured; readonly before: Measured }): Metrics {
  const differences = measured.ndcg10.map((value, query) => value - (before.ndcg10[query] ?? 0));
  const { low, high } = bootstrapInterval(differences, seeded(1));
  return { [`${name}Gain`]: mean(differences), [`${name}GainLow`]: low, [`${name}GainHigh`]: high };
}
