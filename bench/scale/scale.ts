import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createDefaultEmbedder } from '../../src/models/index.ts';
import { embedCached } from '../corpus/vector-cache.ts';
import { loadPassages } from '../corpus/sentences.ts';
import { asServed } from '../process/as-served.ts';
import { Contender } from '../process/contender.ts';
import { mean, quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { queryTexts } from '../search/queries.ts';
import { type IndexPlace, placeFor } from './built-index.ts';
import { type Arm, generateCollection, type Recipe } from './collection.ts';
import { extrapolate } from './growth.ts';
import { type RealSentences, realSentences } from './real-sentences.ts';
import { fitNoise, type Noise } from './resample.ts';
import type { ScaleHandlers, ScaleQuery } from './scale.contender.ts';

const ARMS: readonly string[] = ['resampled', 'real', 'uniform'];
const RESULTS = 10;
const RECALL_QUERIES = 100;
/** What the figures are extrapolated to: the collection of the longest trial in NOTES. */
const FAR = 5_300_000;

interface Setting {
  readonly real: RealSentences;
  readonly noise: Noise;
  readonly queries: readonly ScaleQuery[];
  /** Whether several efforts are compared. */
  readonly curve: boolean;
  /** Folder the indexes are kept in; undefined: they are removed. */
  readonly kept: string | undefined;
}

/** Shares of the partitions and candidates per result that a curve tries. */
const CURVE = { shares: [0.05, 0.1, 0.15, 0.24, 0.35, 0.5, 0.7], refines: [4, 10, 20] } as const;

/**
 * Build time, disk, memory, latency and recall at each size, and what they would be far beyond. With `--folder` indexes are
 * kept there, and those that an earlier run built are searched as they are.
 */
export async function measureScale(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      chunks: { type: 'string', default: '100000' },
      arms: { type: 'string', default: 'resampled' },
      curve: { type: 'boolean', default: false },
      folder: { type: 'string' },
    },
  });
  const sizes = values.chunks.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1_000)) {
    throw new Error('--chunks must be whole numbers of at least 1000, separated by commas.');
  }
  const arms = values.arms.split(',');
  if (arms.some((arm) => !ARMS.includes(arm)))
    throw new Error(`--arms allows ${ARMS.join(', ')}, separated by commas.`);
  const metrics: Metrics = {};
  const kept = values.folder === undefined ? undefined : resolve(values.folder);
  const setting = { ...(await prepare(metrics)), curve: values.curve, kept };
  for (const arm of arms as Arm[]) {
    const ofArm = arm === 'real' ? [setting.real.cloud.count] : sizes;
    const measured: Metrics[] = [];
    for (const chunks of ofArm) {
      const figures = await measureOne(setting, { arm, chunks, noise: setting.noise });
      measured.push(figures);
      for (const [key, value] of Object.entries(figures)) metrics[`${arm}${chunks}${capital(key)}`] = value;
    }
    if (measured.length < 2) continue;
    for (const [key, value] of Object.entries(extrapolate(ofArm, measured, FAR)))
      metrics[`${arm}Far${capital(key)}`] = value;
  }
  return metrics;
}

async function prepare(metrics: Metrics): Promise<Omit<Setting, 'curve' | 'kept'>> {
  const real = await realSentences();
  progress(`fitting the noise to ${real.cloud.count} sentences`);
  const { noise, real: shape, drawn } = fitNoise(real.cloud);
  Object.assign(metrics, {
    sentences: real.cloud.count,
    noiseLength: noise.length,
    noiseSpread: noise.spread,
    realNearestDistance: shape.nearestDistance,
    drawnNearestDistance: drawn.nearestDistance,
    realIntrinsicDimension: shape.intrinsicDimension,
    drawnIntrinsicDimension: drawn.intrinsicDimension,
  });
  const texts = await queryTexts((await loadPassages()).slice(0, 5_000));
  const embedder = createDefaultEmbedder({ workers: 1 });
  try {
    const vectors = await embedCached(embedder, { texts, purpose: 'query', label: 'queries' });
    return { real, noise, queries: texts.map((text, n) => ({ text, vector: vectors[n] ?? new Float32Array(384) })) };
  } finally {
    await embedder.close();
  }
}

async function measureOne(setting: Setting, recipe: Recipe): Promise<Metrics> {
  const { queries, curve } = setting;
  const place = await placeFor(recipe, setting.kept);
  const contender = new Contender<ScaleHandlers>(new URL('./scale.contender.ts', import.meta.url), asServed);
  try {
    const figures: Metrics = { ...(await buildOnce(contender, { recipe, place })) };
    progress(`${recipe.arm}, ${recipe.chunks} chunks: searching`);
    await contender.call('warm', { queries });
    for (const mode of ['vector', 'text', 'hybrid'] as const) {
      const durations = await contender.call('time', { mode, queries });
      figures[`${mode}P50Ms`] = quantile(durations, 0.5);
      figures[`${mode}P99Ms`] = quantile(durations, 0.99);
    }
    figures['rssMb'] = contender.rssMb();
    const asked = queries.slice(0, RECALL_QUERIES);
    const found = await contender.call('find', { queries: asked });
    const exact = await nearestOnce(setting.real, { recipe, asked, place });
    figures['vectorRecall10'] = recallOf(found, exact);
    if (curve) Object.assign(figures, await curveOf(contender, { asked, exact }));
    return figures;
  } finally {
    await contender.stop();
    await place.leave();
  }
}

/** What building the index takes, or took when it was built. */
async function buildOnce(
  contender: Contender<ScaleHandlers>,
  { recipe, place }: { readonly recipe: Recipe; readonly place: IndexPlace },
): Promise<Metrics> {
  const { folder } = place;
  if (place.built !== null) {
    progress(`${recipe.arm}, ${recipe.chunks} chunks: built before`);
    await contender.call('open', { folder });
    return place.built;
  }
  progress(`${recipe.arm}, ${recipe.chunks} chunks: building`);
  const built = { ...(await contender.call('build', { recipe, folder })), buildPeakRssMb: contender.peakRssMb() };
  await place.keepBuilt(built);
  return built;
}

async function nearestOnce(
  real: RealSentences,
  { recipe, asked, place }: { recipe: Recipe; asked: readonly ScaleQuery[]; place: IndexPlace },
): Promise<number[][]> {
  const questions = asked.map(({ text }) => text);
  const known = await place.nearestTo(questions);
  if (known !== null) return known;
  progress(`${recipe.arm}, ${recipe.chunks} chunks: comparing with every vector`);
  const exact = exactNeighbours(real, { recipe, queries: asked });
  await place.keepNearest(questions, exact);
  return exact;
}

/** Recall and median time of the index alone, without the product's filter, at several efforts. */
async function curveOf(
  contender: Contender<ScaleHandlers>,
  { asked, exact }: { readonly asked: readonly ScaleQuery[]; readonly exact: readonly number[][] },
): Promise<Metrics> {
  const figures: Metrics = {};
  for (const share of CURVE.shares) {
    for (const refine of CURVE.refines) {
      const { found, durations } = await contender.call('probe', { queries: asked, share, refine });
      const key = `Probe${Math.round(share * 100)}Refine${refine}`;
      figures[`recall10${key}`] = recallOf(found, exact);
      figures[`p50${key}Ms`] = quantile(durations, 0.5);
      progress(`${key}: recall ${figures[`recall10${key}`]?.toFixed(4)}, p50 ${figures[`p50${key}Ms`]?.toFixed(1)} ms`);
    }
  }
  return figures;
}

function recallOf(found: readonly number[][], exact: readonly number[][]): number {
  return mean(exact.map((truth, n) => truth.filter((number) => found[n]?.includes(number)).length / truth.length));
}

/** The true nearest chunks of each query, best first, by comparing with every one. */
function exactNeighbours(
  real: RealSentences,
  { recipe, queries }: { recipe: Recipe; queries: readonly ScaleQuery[] },
): number[][] {
  const best = queries.map((): { number: number; score: number }[] => []);
  for (const { number, vector } of generateCollection(real, recipe)) {
    for (const [n, query] of queries.entries()) keep(best[n] ?? [], { number, score: dot(query.vector, vector) });
  }
  return best.map((list) => list.map((entry) => entry.number));
}

function keep(list: { number: number; score: number }[], entry: { number: number; score: number }): void {
  if (list.length === RESULTS && entry.score <= (list[RESULTS - 1]?.score ?? 0)) return;
  const place = list.findIndex((other) => other.score < entry.score);
  list.splice(place < 0 ? list.length : place, 0, entry);
  if (list.length > RESULTS) list.pop();
}

function dot(a: Float32Array, b: Float32Array): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    one += (a[i] as number) * (b[i] as number);
    two += (a[i + 1] as number) * (b[i + 1] as number);
    three += (a[i + 2] as number) * (b[i + 2] as number);
    four += (a[i + 3] as number) * (b[i + 3] as number);
  }
  return one + two + three + four;
}

function capital(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
