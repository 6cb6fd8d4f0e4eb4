import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDefaultEmbedder } from '../../src/models/index.ts';
import { embedCached } from '../corpus/vector-cache.ts';
import { asServed } from '../process/as-served.ts';
import { Contender } from '../process/contender.ts';
import { mean, quantile, total } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { basePassages, exactNeighbours } from './chunks.ts';
import { resultCount, type SearchSetting } from './contract.ts';
import { queryTexts } from './queries.ts';
import type { EngineHandlers } from './serve-engine.ts';

/** Rounds over all queries, each engine taking its turn at every block. */
const rounds = 2;
const blockSize = 50;
/** A way of searching that has used this much time, over at least 100 queries, has been timed enough. */
const patienceMs = 60_000;
const recallQueries = 100;

/** Engine → what its metrics begin with in each mode; our own go without a name. */
const engines: Record<string, Record<string, string>> = {
  plumbline: { hybrid: 'hybrid', text: 'text', vector: 'vector' },
  minisearch: { text: 'minisearch' },
  orama: { text: 'orama', hybrid: 'oramaHybrid' },
  fts5: { text: 'fts5' },
};

interface Running {
  readonly name: string;
  readonly contender: Contender<EngineHandlers>;
  readonly modes: readonly string[];
}

/**
 * Search latency over `--chunks` chunks, queries' vectors given, warm, the engines taking turns. `--only NAME` leaves
 * the other engines out.
 */
export async function measureSearch(args: readonly string[]): Promise<Metrics> {
  const options = { chunks: { type: 'string', default: '10000' }, only: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const names = Object.keys(engines).filter((name) => values.only === undefined || name === values.only);
  if (names.length === 0) throw new Error(`--only must be one of ${Object.keys(engines).join(', ')}.`);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const running: Running[] = [];
  try {
    const setting = await prepare(Number(values.chunks), folder);
    const metrics: Metrics = { chunks: setting.chunks, queries: setting.queries.length };
    for (const name of names) running.push(await open(name, setting, metrics));
    for (const engine of running) for (const mode of engine.modes) await engine.contender.call('warm', { mode });
    await timeAll(running, setting, metrics);
    await measureRates(running, metrics);
    await measureRecall(running, setting, metrics);
    return metrics;
  } finally {
    await Promise.all(running.map((engine) => engine.contender.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(chunks: number, home: string): Promise<SearchSetting> {
  if (!Number.isInteger(chunks) || chunks < 1_000) throw new Error('--chunks must be a whole number of at least 1000.');
  const passages = await basePassages();
  const texts = await queryTexts(passages);
  const embedder = createDefaultEmbedder({ workers: 2 });
  try {
    const openings = passages.map(({ title, sentences }) => [title, ...sentences.slice(0, 2)].join(' '));
    const passageVectors = await embedCached(embedder, { texts: openings, purpose: 'document', label: 'passages' });
    const vectors = await embedCached(embedder, { texts, purpose: 'query', label: 'queries' });
    const queries = texts.map((text, index) => ({ text, vector: vectors[index] ?? new Float32Array(384) }));
    return { chunks, seed: 3, passageVectors, queries, home };
  } finally {
    await embedder.close();
  }
}

async function open(name: string, setting: SearchSetting, metrics: Metrics): Promise<Running> {
  progress(`building ${name}: ${setting.chunks} chunks`);
  const options = name === 'plumbline' ? asServed : {};
  const contender = new Contender<EngineHandlers>(new URL(`./${name}.contender.ts`, import.meta.url), options);
  const { buildMs, modes } = await contender.call('open', setting);
  metrics[`${name}BuildMs`] = buildMs;
  metrics[`${name}BuildPeakRssMb`] = contender.peakRssMb();
  return { name, contender, modes };
}

function isPatient({ durations }: { readonly durations: readonly number[] }): boolean {
  return durations.length < 100 || total(durations) < patienceMs;
}

async function timeAll(running: readonly Running[], setting: SearchSetting, metrics: Metrics): Promise<void> {
  const arms = running.flatMap(({ name, contender, modes }) =>
    modes.map((mode) => ({
      mode,
      contender,
      key: engines[name]?.[mode] ?? `${name}${mode}`,
      durations: [] as number[],
    })),
  );
  for (let round = 0; round < rounds; round++) {
    for (let from = 0; from < setting.queries.length; from += blockSize) {
      progress(`timing: round ${round + 1} of ${rounds}, query ${from} of ${setting.queries.length}`);
      for (const { contender, mode, durations } of arms.filter(isPatient)) {
        durations.push(...(await contender.call('time', { mode, from, to: from + blockSize })));
      }
    }
  }
  for (const { key, durations } of arms) {
    metrics[`${key}P50Ms`] = quantile(durations, 0.5);
    metrics[`${key}P99Ms`] = quantile(durations, 0.99);
  }
}

async function measureRates(running: readonly Running[], metrics: Metrics): Promise<void> {
  for (const { name, contender, modes } of running) {
    for (const mode of modes) {
      metrics[`${engines[name]?.[mode]}Qps`] = await contender.call('throughput', { mode, inFlight: 4 });
    }
    metrics[`${name}RssMb`] = contender.rssMb();
  }
}

/** So that no latency is bought with wrong neighbours: the share of the true 10 nearest that ours finds. */
async function measureRecall(running: readonly Running[], setting: SearchSetting, metrics: Metrics): Promise<void> {
  progress('comparing with exact neighbours');
  const ours = running.find(({ name }) => name === 'plumbline');
  if (ours === undefined) return;
  const found = await ours.contender.call('find', { mode: 'vector', count: recallQueries });
  const exact = await exactNeighbours(setting, recallQueries, resultCount);
  const shares = exact.map(
    (truth, index) => truth.filter((number) => found[index]?.includes(number)).length / truth.length,
  );
  metrics['vectorRecall10'] = mean(shares);
}
