import { PRESET_NAMES } from '../../src/retrieval/index.ts';
import { seeded } from '../corpus/random.ts';
import { bootstrapOverSets } from '../report/bootstrap.ts';
import { mean, quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { readRetrievalSet } from './beir.ts';
import { serveSet } from './serve-set.ts';
import { type Measured, measureRanker, productRanker } from './through-product.ts';

/** One set as every preset ranks it. */
interface MeasuredSet {
  readonly name: string;
  readonly byPreset: ReadonlyMap<string, Measured>;
}

/**
 * Every preset on each folder in the BEIR layout, through the product: means over the folders, each folder weighing the
 * same, and the gain over the preset before with its paired interval; then each folder's own figures.
 */
export async function measurePresets(folders: readonly string[]): Promise<Metrics> {
  if (folders.length === 0) {
    throw new Error('Give at least one folder in the BEIR layout: npm run --silent bench -- presets FOLDER [FOLDER…]');
  }
  const sets: MeasuredSet[] = [];
  for (const folder of folders) sets.push(await measureFolder(folder));
  const metrics: Metrics = {};
  for (const [index, preset] of PRESET_NAMES.entries()) {
    const measured = sets.flatMap(({ byPreset }) => byPreset.get(preset) ?? []);
    const before = sets.flatMap(({ byPreset }) => byPreset.get(PRESET_NAMES[index - 1] ?? '') ?? []);
    const times = measured.flatMap(({ searchMs }) => searchMs);
    metrics[`${preset}Ndcg10`] = mean(measured.map(({ ndcg10 }) => mean(ndcg10)));
    metrics[`${preset}Recall100`] = mean(measured.map(({ recall100 }) => mean(recall100)));
    metrics[`${preset}P50Ms`] = quantile(times, 0.5);
    metrics[`${preset}P99Ms`] = quantile(times, 0.99);
    if (before.length > 0) Object.assign(metrics, gain(preset, { measured, before }));
  }
  for (const { name, byPreset } of sets) {
    for (const [preset, { ndcg10 }] of byPreset) metrics[`${name}${capital(preset)}Ndcg10`] = mean(ndcg10);
  }
  return metrics;
}

async function measureFolder(folder: string): Promise<MeasuredSet> {
  const set = await readRetrievalSet(folder);
  const served = await serveSet(set);
  try {
    const byPreset = new Map<string, Measured>();
    for (const preset of PRESET_NAMES) {
      progress(`${set.name}: ${preset}`);
      byPreset.set(preset, await measureRanker(set, productRanker(served, { preset })));
    }
    return { name: set.name, byPreset };
  } finally {
    await served.close();
  }
}

function gain(
  preset: string,
  { measured, before }: { readonly measured: readonly Measured[]; readonly before: readonly Measured[] },
): Metrics {
  const differences = measured.map(({ ndcg10 }, set) =>
    ndcg10.map((value, query) => value - (before[set]?.ndcg10[query] ?? 0)),
  );
  const { low, high } = bootstrapOverSets(differences, seeded(1));
  return {
    [`${preset}Gain`]: mean(differences.map((each) => mean(each))),
    [`${preset}GainLow`]: low,
    [`${preset}GainHigh`]: high,
  };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
