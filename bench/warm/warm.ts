import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, seeded } from '../corpus/random.ts';
import type { LoadHandlers } from '../http/load.contender.ts';
import { Contender } from '../process/contender.ts';
import { readRetrievalSet } from '../quality/beir.ts';
import { writeDocuments } from '../quality/serve-set.ts';
import { bootstrapInterval } from '../report/bootstrap.ts';
import { median, quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import type { WarmHandlers } from './warm.contender.ts';

const PAIRS = 3;
const PER_SECOND = 20;
/** Requests before the restart, which are logged, and after it, which are measured. */
const BEFORE = 600;
const AFTER = 300;

interface Side {
  /** Milliseconds of each request after the restart. */
  readonly ms: readonly number[];
  readonly hits: number;
  readonly warmed: number;
  readonly warmMs: number;
}

/**
 * The same traffic after a start with empty caches and after one that was warmed from the log of the day before, in turns, each
 * in a fresh process over a copy of the same home.
 */
export async function measureWarm([folder, ...rest]: readonly string[]): Promise<Metrics> {
  if (folder === undefined || rest.length > 0) throw new Error('Give one folder in the BEIR layout.');
  const set = await readRetrievalSet(folder);
  const scratch = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const asking = new Contender<LoadHandlers>(new URL('../http/load.contender.ts', import.meta.url));
  try {
    const documents = join(scratch, 'documents');
    await writeDocuments(set.documents, documents);
    const home = join(scratch, 'home');
    const draw = traffic(set.queries.map(({ text }) => text));
    const [before, after] = [draw(seeded(1), BEFORE), draw(seeded(2), AFTER)];
    const chunks = await dayBefore(asking, { home, folder: documents, questions: before });
    const pairs: { cold: Side; warm: Side }[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      progress(`pair ${pair + 1} of ${PAIRS}`);
      const sides = { cold: null as Side | null, warm: null as Side | null };
      // In turns, so that neither is always first.
      for (const side of pair % 2 === 0 ? (['cold', 'warm'] as const) : (['warm', 'cold'] as const)) {
        const copy = join(scratch, `${side}-${pair}`);
        await cp(home, copy, { recursive: true }); // what is asked now is logged there, and must not be in the next side's log
        sides[side] = await afterStart(asking, { home: copy, questions: after, isWarmed: side === 'warm' });
        await rm(copy, { recursive: true });
      }
      pairs.push(sides as { cold: Side; warm: Side });
    }
    return { chunks, ...figures(pairs, { before, after }) };
  } finally {
    await asking.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Draws questions as people ask them: few often, many seldom (the n-th in 1 / n of the times of the first). */
function traffic(questions: readonly string[]): (random: Random, count: number) => string[] {
  const steps: number[] = [];
  for (const [index] of questions.entries()) steps.push((steps.at(-1) ?? 0) + 1 / (index + 1));
  return (random, count) =>
    Array.from({ length: count }, () => {
      const at = random() * (steps.at(-1) ?? 0);
      return questions[steps.findIndex((step) => step > at)] ?? '';
    });
}

async function dayBefore(
  asking: Contender<LoadHandlers>,
  { questions, ...home }: { readonly home: string; readonly folder: string; readonly questions: readonly string[] },
): Promise<number> {
  const serving = new Contender<WarmHandlers>(new URL('./warm.contender.ts', import.meta.url));
  try {
    const served = await serving.call('takeIn', home);
    progress(`${served.chunks} chunks; asking ${questions.length} times`);
    await asking.call('closed', { served, questions, cache: true, inFlight: 2 });
    await serving.call('close', undefined);
    return served.chunks;
  } finally {
    await serving.stop();
  }
}

async function afterStart(
  asking: Contender<LoadHandlers>,
  given: { readonly home: string; readonly questions: readonly string[]; readonly isWarmed: boolean },
): Promise<Side> {
  const serving = new Contender<WarmHandlers>(new URL('./warm.contender.ts', import.meta.url));
  try {
    const served = await serving.call('open', { home: given.home });
    const { warmed, ms: warmMs } = given.isWarmed ? await serving.call('warm', undefined) : { warmed: 0, ms: 0 };
    const earlier = await serving.call('hits', undefined);
    const { questions } = given;
    const asked = await asking.call('open', { served, questions, cache: true, perSecond: PER_SECOND });
    const hits = (await serving.call('hits', undefined)) - earlier;
    await serving.call('close', undefined);
    return { ms: asked.map(({ ms }) => ms), hits, warmed, warmMs };
  } finally {
    await serving.stop();
  }
}

function figures(
  pairs: readonly { readonly cold: Side; readonly warm: Side }[],
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): Metrics {
  const ofRequest = (side: 'cold' | 'warm'): number[] =>
    after.map((_, request) => median(pairs.map((pair) => pair[side].ms[request] ?? Number.NaN)));
  const known = new Set(before);
  const isFirst = after.map((question, at) => after.indexOf(question) === at);
  const logged = after.map((question, at) => isFirst[at] === true && known.has(question));
  const unseen = after.map((question, at) => isFirst[at] === true && !known.has(question));
  const metrics: Metrics = { requests: after.length, firstLogged: countOf(logged), firstNew: countOf(unseen) };
  const [cold, warm] = [ofRequest('cold'), ofRequest('warm')];
  for (const [name, times] of [
    ['cold', cold],
    ['warm', warm],
  ] as const) {
    metrics[`${name}P50Ms`] = quantile(times, 0.5);
    metrics[`${name}P95Ms`] = quantile(times, 0.95);
    metrics[`${name}LoggedP50Ms`] = median(times.filter((_, at) => logged[at]));
    metrics[`${name}NewP50Ms`] = median(times.filter((_, at) => unseen[at]));
    metrics[`${name}HitShare`] = median(pairs.map((pair) => pair[name].hits)) / after.length;
  }
  const gains = cold.map((ms, at) => ms - (warm[at] ?? 0)).filter((_, at) => logged[at]);
  const { low, high } = bootstrapInterval(gains, seeded(3));
  metrics['loggedGainMs'] = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  metrics['loggedGainLowMs'] = low;
  metrics['loggedGainHighMs'] = high;
  metrics['warmedSearches'] = median(pairs.map((pair) => pair.warm.warmed));
  metrics['warmingMs'] = median(pairs.map((pair) => pair.warm.warmMs));
  return metrics;
}

function countOf(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}
