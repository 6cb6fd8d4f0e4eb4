import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Budgets, type CallRecord, createModelDoor, loadRegistry } from '../../src/models/index.ts';
import { startTestProvider, type TestLogEntry, type TestProvider } from '../../src/models/testing.ts';
import { seeded } from '../corpus/random.ts';
import { type CallEnding, HOPELESS, mixedCall } from './mixed-calls.ts';
import { drawFault, REFUSED } from './scripted-faults.ts';
import { type Tally, tallyUsage } from './tally-usage.ts';

/** How many calls, and which dice. */
export interface FaultRunOptions {
  readonly calls: number;
  readonly seed: number;
}

/** What happened, and what was left over. */
export interface FaultRun extends Tally {
  readonly endings: readonly CallEnding[];
  readonly requests: number;
  /** Share of the requests that something was wrong with. */
  readonly faultShare: number;
  /** The longest that this process kept a timer waiting, ms: a deadline cannot be kept more exactly than that. */
  readonly loopDelayMs: number;
  /** Calls that lasted longer than that allows. */
  readonly late: readonly CallEnding[];
  /** Reservations that were neither settled nor released. */
  readonly reservationsLeft: number;
  readonly socketsLeft: number;
  /** Timers and sockets of this process beyond those before the run, by kind. */
  readonly resourcesLeft: Readonly<Record<string, number>>;
}

/** The longest a call may last beyond its deadline when the process itself is not late, ms. */
const TOLERANCE_MS = 100;
/** A deadline's timer may be late by one delay of the event loop, and what it sets off by another. */
const DELAYS = 2;
/** Calls under way at once. */
const IN_FLIGHT = 24;
const SETTLE_MS = 5_000;
/** Of the three language models, which differ in their wire formats. */
const wires = { openai: 'openai-compatible', anthropic: 'anthropic', bedrock: 'bedrock' } as const;
const PRICE = { inputUsdPerMillion: '0.123456789', outputUsdPerMillion: '10.000000001' };

/** Makes calls of every kind against a provider that fails in 30 % of its replies. */
export async function runFaults({ calls, seed }: FaultRunOptions): Promise<FaultRun> {
  const before = countResources();
  const random = seeded(seed);
  const provider = await startTestProvider({
    fault: ({ rawBody }) => (rawBody.includes(HOPELESS) ? REFUSED : drawFault(random)),
    // Every reply says another usage, so that none can be taken for another.
    reply: ({ index, schema, forcedTool }) => ({
      usage: { inputTokens: 1_000 + 3 * index, cachedInputTokens: 0, outputTokens: 50 + (index % 89) },
      ...(schema === null && forcedTool === null && { pieces: PIECES }),
    }),
  });
  const records: CallRecord[] = [];
  const held = new Set<object>();
  const door = await openDoor(provider.url, { records, held, random });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  try {
    const endings = await inParallel(calls, (call) => mixedCall(door, call, seeded(seed * 1_000_003 + call)));
    const loopDelayMs = delay.max / 1e6;
    await quiet(() => provider.log.every(({ completed, aborted, fault }) => completed || aborted || isOver(fault)));
    await door.close();
    await quiet(() => provider.connections() === 0);
    const socketsLeft = provider.connections();
    await provider.close();
    delay.disable();
    await quiet(() => Object.keys(leftOver(before)).length === 0);
    return {
      endings,
      late: endings.filter(({ overMs }) => overMs > TOLERANCE_MS + DELAYS * loopDelayMs),
      ...tallyUsage(provider.log, records),
      requests: provider.log.length,
      faultShare: provider.log.filter(({ fault }) => fault !== null).length / provider.log.length,
      loopDelayMs,
      reservationsLeft: held.size,
      socketsLeft,
      resourcesLeft: leftOver(before),
    };
  } finally {
    delay.disable();
    await door.close();
    await closeQuietly(provider);
  }
}

/** Not an object: models that are only asked in words have to mend it, in vain, or with the plain reply's luck. */
const PIECES = ['{"verdict": "yes",', ' "reasons"', ': ["it', ' is so"]', '}'];

/** Replies that end by themselves, without a word of the connection. */
function isOver(fault: TestLogEntry['fault']): boolean {
  return fault?.kind === 'status' || fault?.kind === 'malformed';
}

async function openDoor(
  url: string,
  into: { readonly records: CallRecord[]; readonly held: Set<object>; readonly random: () => number },
): Promise<ReturnType<typeof createModelDoor>> {
  const limits = { attemptTimeoutMs: 400, stallMs: 300, attempts: 3, concurrent: 256 };
  const model = { private: false, contextTokens: 100_000, price: PRICE, limits };
  const language = Object.keys(wires).map((id) => [id, { ...model, provider: id, model: id, capabilities: ['tools'] }]);
  const file = {
    providers: Object.fromEntries(Object.entries(wires).map(([id, kind]) => [id, { kind, url }])),
    models: {
      ...Object.fromEntries(language),
      vectors: { ...model, provider: 'openai', model: 'vectors', kind: 'embedding' },
      ranks: { ...model, provider: 'openai', model: 'ranks', kind: 'rerank' },
    },
  };
  const budgets: Budgets = {
    reserve: async () => {
      const one = {};
      into.held.add(one);
      const end = (): void => void into.held.delete(one);
      return { settle: end, release: end };
    },
  };
  const registry = loadRegistryOf(file);
  const meter = { record: (record: CallRecord) => void into.records.push(record) };
  return createModelDoor({ registry: await registry, budgets, meter, random: into.random });
}

async function loadRegistryOf(file: object): Promise<ReturnType<typeof loadRegistry>> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  try {
    const path = join(folder, 'models.json');
    await writeFile(path, JSON.stringify(file));
    return loadRegistry(path, () => undefined);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function inParallel<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const indices = Array.from({ length: count }, (_, index) => index).values();
  const lane = async (): Promise<void> => {
    for (const index of indices) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return results;
}

/** Waits until it holds, or some seconds: what does not hold then is reported. */
async function quiet(holds: () => boolean): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  while (!holds() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
}

function countResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function leftOver(before: ReadonlyMap<string, number>): Record<string, number> {
  const watched = ['Timeout', 'TCPSocketWrap', 'TCPServerWrap', 'TCPConnectWrap'];
  const now = countResources();
  const left = watched.map((kind) => [kind, (now.get(kind) ?? 0) - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}

async function closeQuietly(provider: TestProvider): Promise<void> {
  await provider.close().catch(() => undefined);
}
