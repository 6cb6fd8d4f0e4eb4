import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seeded } from '../corpus/random.ts';
import { projectRoot } from '../data.ts';
import { asServed } from '../process/as-served.ts';
import { Contender } from '../process/contender.ts';
import { quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { firstToken } from './first-token.ts';
import type { ServedHandlers } from './served.contender.ts';
import { askTimed, type Served, type Timed } from './timed-answer.ts';

/**
 * Questions over HTTP to the product as it serves the sample workspace without a language model: one after the other,
 * whole and streamed, then many streams at once. The first round, each of the sample's questions once, finds everything
 * cold; from then on every question comes in words that were not asked before, but their sentences are known.
 */
export async function measureStreams(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: { questions: { type: 'string', default: '400' }, streams: { type: 'string', default: '200' } },
  });
  const [count, streams] = [Number(values.questions), Number(values.streams)];
  if (!(count > 0 && streams > 0)) throw new Error('--questions and --streams must be numbers above 0.');
  const home = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const product = new Contender<ServedHandlers>(new URL('./served.contender.ts', import.meta.url), asServed);
  const agent = new Agent({ keepAlive: true, maxSockets: streams });
  try {
    progress('starting the server and taking in the sample');
    const served: Served = { ...(await product.call('start', { home })), agent };
    const { next, different } = await questions();
    const cold = (await oneAfterTheOther(served, { count: different, stream: false, next })).map(
      ({ lastMs }) => lastMs,
    );
    const measured: Metrics = {
      coldAnswerP50Ms: quantile(cold, 0.5),
      coldAnswerP99Ms: quantile(cold, 0.99),
      ...(await sequential(product, served, { count, next })),
      ...(await paced(product, served, { streams, next })),
      ...(await atOnce(product, served, { streams, next })),
    };
    await product.call('stop', undefined);
    return { ...measured, ...(await firstToken(Math.min(count, MOST_TO_MODEL), next)) };
  } finally {
    agent.destroy();
    await product.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Gives question after question, none twice. */
async function questions(): Promise<{ readonly next: () => string; readonly different: number }> {
  const file = await readFile(join(projectRoot, 'samples/handbook/questions.jsonl'), 'utf8');
  const lines = file.split('\n').filter((line) => line !== '');
  const texts = lines.map((line) => (JSON.parse(line) as { question: string }).question);
  let asked = 0;
  return { next: () => `${texts[asked % texts.length] ?? ''} (${++asked})`, different: texts.length };
}

/** Questions to the model: a second each. */
const MOST_TO_MODEL = 60;

interface Load {
  readonly count: number;
  readonly stream: boolean;
  readonly next: () => string;
}

async function oneAfterTheOther(served: Served, { count, stream, next }: Load): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (let i = 0; i < count; i++) timed.push(await askTimed(served, { text: next(), stream }));
  return timed;
}

async function sequential(
  product: Contender<ServedHandlers>,
  served: Served,
  load: Pick<Load, 'count' | 'next'>,
): Promise<Metrics> {
  progress(`${load.count} questions, one after the other`);
  await product.call('reset', undefined);
  const whole = (await oneAfterTheOther(served, { ...load, stream: false })).map(({ lastMs }) => lastMs);
  const { cpuMs } = await product.call('read', undefined);
  progress(`${load.count} streamed questions, one after the other`);
  await product.call('reset', undefined);
  const streamed = await oneAfterTheOther(served, { ...load, stream: true });
  const { cpuMs: streamedCpuMs, loopP99Ms } = await product.call('read', undefined);
  const first = streamed.map(({ firstMs }) => firstMs);
  const last = streamed.map(({ lastMs }) => lastMs);
  return {
    answerP50Ms: quantile(whole, 0.5),
    answerP99Ms: quantile(whole, 0.99),
    answerCpuMs: cpuMs / load.count,
    firstEventP50Ms: quantile(first, 0.5),
    firstEventP99Ms: quantile(first, 0.99),
    streamedP50Ms: quantile(last, 0.5),
    streamedP99Ms: quantile(last, 0.99),
    streamedCpuMs: streamedCpuMs / load.count,
    eventLoopP99Ms: loopP99Ms,
  };
}

/** How long a person reads and thinks between two questions. */
const PAUSE_MS = 20_000;
const PACED_FOR_MS = 20_000;

/** So many people, each of whom asks, then pauses for up to {@link PAUSE_MS} (drawn evenly, from a fixed seed). */
async function paced(
  product: Contender<ServedHandlers>,
  served: Served,
  { streams, next }: { readonly streams: number; readonly next: () => string },
): Promise<Metrics> {
  progress(`${streams} people who pause ${PAUSE_MS / 2000} s on average, for ${PACED_FOR_MS / 1000} s`);
  const random = seeded(1);
  await product.call('reset', undefined);
  const until = performance.now() + PACED_FOR_MS;
  const timed: Timed[] = [];
  const person = async (): Promise<void> => {
    for (;;) {
      await pause(random() * PAUSE_MS);
      if (performance.now() > until) return;
      timed.push(await askTimed(served, { text: next(), stream: true }));
    }
  };
  await Promise.all(Array.from({ length: streams }, person));
  const { loopP99Ms, cpuMs } = await product.call('read', undefined);
  const gaps = timed.map(({ gapMs }) => gapMs);
  return {
    pacedAnswersPerSecond: timed.length / (PACED_FOR_MS / 1000),
    pacedFirstEventP99Ms: quantile(
      timed.map(({ firstMs }) => firstMs),
      0.99,
    ),
    pacedStreamedP99Ms: quantile(
      timed.map(({ lastMs }) => lastMs),
      0.99,
    ),
    pacedGapP99Ms: quantile(gaps, 0.99),
    pacedGapMaxMs: Math.max(...gaps),
    pacedEventLoopP99Ms: loopP99Ms,
    pacedCpuMs: cpuMs / timed.length,
  };
}

/** Everybody asks at the same moment, and twice more as soon as they have their answer. */
async function atOnce(
  product: Contender<ServedHandlers>,
  served: Served,
  { streams, next }: { readonly streams: number; readonly next: () => string },
): Promise<Metrics> {
  progress(`${streams} streams at once, three questions each`);
  await product.call('reset', undefined);
  const started = performance.now();
  const load = { count: 3, stream: true, next };
  const timed = (await Promise.all(Array.from({ length: streams }, () => oneAfterTheOther(served, load)))).flat();
  const seconds = (performance.now() - started) / 1000;
  const { loopP99Ms, loopMaxMs, cpuMs } = await product.call('read', undefined);
  const first = timed.map(({ firstMs }) => firstMs);
  const gaps = timed.map(({ gapMs }) => gapMs);
  return {
    streams,
    manyAnswersPerSecond: timed.length / seconds,
    manyFirstEventP50Ms: quantile(first, 0.5),
    manyFirstEventP99Ms: quantile(first, 0.99),
    manyGapP50Ms: quantile(gaps, 0.5),
    manyGapP99Ms: quantile(gaps, 0.99),
    manyGapMaxMs: Math.max(...gaps),
    manyEventLoopP99Ms: loopP99Ms,
    manyEventLoopMaxMs: loopMaxMs,
    manyCpuMs: cpuMs / timed.length,
  };
}
