import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asServed } from '../process/as-served.ts';
import { Contender } from '../process/contender.ts';
import { quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { realSentences } from '../scale/real-sentences.ts';
import type { Served, ServingHandlers } from './http.contender.ts';
import type { LoadHandlers } from './load.contender.ts';

const PER_SECOND = 60;
const IN_FLIGHT = 8;
const WARMING = 300;
const CLOSED = 1_000;
const OPEN = 1_200;
/** Questions that are asked twice. */
const REPEATED = 300;
const STAGES = ['embedMs', 'textMs', 'vectorsMs', 'fusionMs', 'passagesMs', 'totalMs'] as const;

/**
 * Searches over HTTP at the default preset: answers per second, and latency at a given rate. With `--home` what was taken in
 * is kept there, and served as it is when an earlier run took it in.
 */
export async function measureHttp(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      chunks: { type: 'string', default: '100000' },
      repeated: { type: 'boolean', default: false },
      home: { type: 'string' },
    },
  });
  const chunks = Number(values.chunks);
  if (!Number.isInteger(chunks) || chunks < 1_000) throw new Error('--chunks must be a whole number of at least 1000.');
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const serving = new Contender<ServingHandlers>(new URL('./http.contender.ts', import.meta.url), asServed);
  const asking = new Contender<LoadHandlers>(new URL('./load.contender.ts', import.meta.url));
  try {
    const documents = join(folder, 'documents');
    await mkdir(documents);
    progress(`taking in ${chunks} chunks`);
    const home = values.home === undefined ? join(folder, 'home') : resolve(values.home);
    const served = await serving.call('open', { home, folder: documents, chunks });
    const questions = await distinctQuestions(WARMING + CLOSED + OPEN);
    progress(`asking about ${served.chunks} chunks`);
    const again = await askedTwice(asking, { served, questions: questions.slice(0, REPEATED) });
    const repeated = { repeatedP50Ms: quantile(again, 0.5), repeatedP99Ms: quantile(again, 0.99) };
    if (values.repeated) return { chunks: served.chunks, ...repeated };
    const load = { served, cache: false };
    await asking.call('closed', { ...load, questions: questions.slice(0, WARMING), inFlight: IN_FLIGHT });
    const closed = questions.slice(WARMING, WARMING + CLOSED);
    const perSecond = await asking.call('closed', { ...load, questions: closed, inFlight: IN_FLIGHT });
    const asked = await asking.call('open', { ...load, questions: questions.slice(-OPEN), perSecond: PER_SECOND });
    const durations = asked.map(({ ms }) => ms);
    const metrics: Metrics = {
      chunks: served.chunks,
      answersPerSecond: perSecond,
      openP50Ms: quantile(durations, 0.5),
      openP99Ms: quantile(durations, 0.99),
      ...repeated,
      servingRssMb: serving.rssMb(),
    };
    for (const stage of STAGES) {
      const times = asked.map(({ timings }) => timings[stage] ?? 0);
      metrics[`${stage.replace('Ms', '')}P50Ms`] = quantile(times, 0.5);
      metrics[`${stage.replace('Ms', '')}P99Ms`] = quantile(times, 0.99);
    }
    await serving.call('close', undefined);
    return metrics;
  } finally {
    await Promise.all([asking.stop(), serving.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long the second answers take, ms: caches on, at the same rate. */
async function askedTwice(
  asking: Contender<LoadHandlers>,
  given: { readonly served: Served; readonly questions: readonly string[] },
): Promise<number[]> {
  const load = { ...given, cache: true };
  await asking.call('closed', { ...load, inFlight: 2 });
  const again = await asking.call('open', { ...load, perSecond: PER_SECOND });
  return again.map(({ ms }) => ms);
}

/** The first words of real sentences, as somebody in a hurry asks; all different. */
async function distinctQuestions(count: number): Promise<string[]> {
  const questions = new Set<string>();
  for (const text of (await realSentences()).texts.toReversed()) {
    const words = text.split(/\s+/).filter((word) => /\w/.test(word));
    if (words.length >= 6) questions.add(words.slice(0, 6 + (questions.size % 5)).join(' '));
    if (questions.size === count) break;
  }
  return [...questions];
}
