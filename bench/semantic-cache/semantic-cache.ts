import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asksTheSame } from '../../src/answers/index.ts';
import { newId, type TenantContext } from '../../src/base/index.ts';
import { type CacheKey, createDefaultEmbedder, PARAPHRASE_COSINE, SqlReplyCache } from '../../src/models/index.ts';
import { bootstrap, openDatabase } from '../../src/store/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { seeded } from '../corpus/random.ts';
import { quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { familiesForChoosing } from './families-for-choosing.ts';
import { familiesForReporting } from './families-for-reporting.ts';
import { type Case, casesOf, type Difference } from './family.ts';

/** Fillings of each family's slots. */
const FILLINGS = 6;
/** Nothing is near enough to be passed over: what the rules alone do. */
const EVERY_COSINE = -1;

interface Outcome extends Case {
  readonly hit: 'right' | 'wrong' | 'none';
  readonly ms: number;
}

/** How often the semantic cache answers paraphrases, and how often what only looks alike. */
export async function measureSemanticCache(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '2' },
      choose: { type: 'boolean', default: false },
      misses: { type: 'boolean', default: false },
    },
  });
  const families = values.choose ? familiesForChoosing : familiesForReporting;
  const cases = casesOf(families, FILLINGS, seeded(Number(values.seed)));
  progress(`${cases.length} cases of ${families.length} families, seed ${values.seed}`);
  const threshold = values.choose ? EVERY_COSINE : PARAPHRASE_COSINE;
  const { outcomes, cosines } = await replay(cases, threshold);
  if (values.misses) for (const one of outcomes.filter(isMiss)) process.stderr.write(`${describe(one)}\n`);
  return values.choose ? { ...figures(outcomes), ...cosinesOf(outcomes, cosines) } : figures(outcomes);
}

/** Keeps a reply for every question, then asks the others: through the cache itself, its table and the default embedder. */
async function replay(
  cases: readonly Case[],
  threshold: number,
): Promise<{ outcomes: Outcome[]; cosines: ReadonlyMap<string, number> }> {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const embedder = createDefaultEmbedder({ workers: 1 });
  const database = await openDatabase({ home, databaseUrl: null, databaseOwnerUrl: null });
  const vectors = new Map<string, Float32Array>();
  const embed = async (question: string): Promise<Float32Array> => {
    const [vector = new Float32Array()] = await embedder.embed([question], { purpose: 'query' });
    vectors.set(question, vector);
    return vector;
  };
  const cache = new SqlReplyCache({ database, log: silentLog, paraphrases: { embed, threshold, asksTheSame } });
  await embedder.warm();
  const tenantId = await bootstrap(database);
  const context: TenantContext = { tenantId, principalId: 'local', groups: ['g:everyone'], requestId: newId() };
  try {
    for (const kept of new Set(cases.map((each) => each.kept))) await keep(cache, context, kept);
    const right = rightAnswers(cases);
    const outcomes: Outcome[] = [];
    for (const each of cases) {
      const started = performance.now();
      const found = await cache.get(context, keyOf(each.asked));
      const ms = performance.now() - started;
      const hit = found === null ? 'none' : right.get(each.asked)?.has(found.text) ? 'right' : 'wrong';
      outcomes.push({ ...each, hit, ms });
    }
    return { outcomes, cosines: cosinesBetween(cases, vectors) };
  } finally {
    await database.close();
    await embedder.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function keep(cache: SqlReplyCache, context: TenantContext, question: string): Promise<void> {
  const key = keyOf(question);
  if ((await cache.get(context, key)) !== null) return;
  const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, estimated: false, costNanoUsd: 0n };
  cache.put(context, key, { text: question, usage, hit: 'exact' });
  await cache.settled();
}

/** The evidence differs between paraphrases; what else the reply rests on does not. */
function keyOf(question: string): CacheKey {
  return {
    task: 'answer',
    model: 'one',
    parameters: {},
    prompt: JSON.stringify([question]),
    promptVersion: '1',
    indexVersion: 'c@1',
    asOf: null,
    question,
    scope: 'one collection',
  };
}

/** By what is asked, the questions whose reply answers it; fillings may coincide. */
function rightAnswers(cases: readonly Case[]): Map<string, Set<string>> {
  const right = new Map<string, Set<string>>();
  for (const { kept, asked, difference } of cases) {
    for (const same of difference === null ? [kept, asked] : [kept]) {
      right.set(same, (right.get(same) ?? new Set()).add(kept));
    }
  }
  return right;
}

const isMiss = ({ difference, hit }: Outcome): boolean => hit === 'wrong' || (difference === null && hit === 'none');

function describe({ kept, asked, difference, hit }: Outcome): string {
  return `${hit === 'wrong' ? 'WRONG' : 'missed'} ${difference ?? 'same'}: ${asked} | ${kept}`;
}

function figures(outcomes: readonly Outcome[]): Metrics {
  const same = outcomes.filter(({ difference }) => difference === null);
  const different = outcomes.filter(({ difference, hit }) => difference !== null && hit !== 'right');
  const share = (of: readonly Outcome[], hit: Outcome['hit']): number =>
    of.filter((one) => one.hit === hit).length / of.length;
  const kinds = [...new Set(different.flatMap(({ difference }) => difference ?? []))].sort();
  const byKind = (kind: Difference): readonly Outcome[] => different.filter(({ difference }) => difference === kind);
  const times = outcomes.map(({ ms }) => ms);
  return {
    paraphrases: same.length,
    nearMisses: different.length,
    hitRate: share(same, 'right'),
    falseHitRate: share(different, 'wrong'),
    wrongReplies: outcomes.filter(({ hit }) => hit === 'wrong').length,
    ...Object.fromEntries(kinds.map((kind) => [`${kind}FalseHitRate`, share(byKind(kind), 'wrong')])),
    lookupP50Ms: quantile(times, 0.5),
    lookupP99Ms: quantile(times, 0.99),
  };
}

function cosinesBetween(cases: readonly Case[], vectors: ReadonlyMap<string, Float32Array>): Map<string, number> {
  return new Map(
    cases.flatMap(({ kept, asked }) => {
      const [a, b] = [vectors.get(kept), vectors.get(asked)];
      if (a === undefined || b === undefined) return [];
      return [[`${asked}|${kept}`, a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)] as const];
    }),
  );
}

/** Where the cosines of what the rules let through lie: the threshold is put below them. */
function cosinesOf(outcomes: readonly Outcome[], cosines: ReadonlyMap<string, number>): Metrics {
  const of = (hit: Outcome['hit']): number[] =>
    outcomes.flatMap((one) => (one.hit === hit ? (cosines.get(`${one.asked}|${one.kept}`) ?? []) : []));
  const right = of('right').sort((a, b) => a - b);
  const wrong = of('wrong').sort((a, b) => a - b);
  return {
    rightCosineP1: quantile(right, 0.01),
    rightCosineP5: quantile(right, 0.05),
    rightCosineP50: quantile(right, 0.5),
    ...(wrong.length > 0 && { wrongCosineP50: quantile(wrong, 0.5) }),
  };
}
