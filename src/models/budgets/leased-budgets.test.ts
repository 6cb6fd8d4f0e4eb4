import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type TenantContext } from '../../base/index.ts';
import { describeDatabases, type TestDatabase, testContext } from '../../store/testing.ts';
import { silentLog } from '../../telemetry/index.ts';
import type { CallUsage, Reservation } from '../door/ports.ts';
import { type Amounts, NOTHING, plus } from './amounts.ts';
import { BudgetExceeded } from './budget-exceeded.ts';
import { budgetRulesOf } from './budget-rule.ts';
import { LeasedBudgets } from './leased-budgets.ts';
import { spentOn } from './ledger.ts';

/** A living node flushes every second; no later than this in a history, so that its leases never run out. */
const FLUSHES_WITHIN_MS = 15_000;
const DAY = Date.UTC(2026, 0, 5);
const NEVER_BY_ITSELF = 1_000_000_000;

function usageOf(tokens: number, costNanoUsd: bigint): CallUsage {
  return { inputTokens: tokens, outputTokens: 0, cachedInputTokens: 0, estimated: false, costNanoUsd };
}

/** Nodes over one database, a clock that is moved by hand, a tenant of their own. */
function cluster(test: TestDatabase, budgets: unknown) {
  const time = { nowMs: DAY + 3_600_000 };
  const context = testContext(newId());
  const rules = budgetRulesOf(budgets);
  const node = () =>
    new LeasedBudgets({
      database: test.database,
      rules,
      log: silentLog,
      clock: () => time.nowMs,
      flushEveryMs: NEVER_BY_ITSELF,
    });
  const ledger = (rule: string, subject = '') => spentOn(test.database, context, { rule, subject, windowStartMs: DAY });
  return { time, context, node, ledger };
}

const subject = (userId: string) => ({ feature: 'answers', userId });

describeDatabases('leased budgets', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());

  it('lets through what fits, refuses what does not and says what is left and when it is renewed', async () => {
    const { context, node, ledger } = cluster(test, [
      { name: 'day', per: 'tenant', window: 'day', max: { tokens: 1000, costUsd: 0.5 } },
    ]);
    const budgets = node();
    const first = await budgets.reserve(context, subject('u'), { tokens: 700, costNanoUsd: 100n });
    const refused = budgets.reserve(context, subject('u'), { tokens: 400, costNanoUsd: 7n });
    await expect(refused).rejects.toMatchObject({
      code: 'budget.exceeded',
      kind: 'limit',
      left: { tokens: 300n, costNanoUsd: 499_999_900n },
      resetAtMs: DAY + 86_400_000,
      details: { rule: 'day', dimension: 'tokens', limit: 1000, remaining: 300, resetAt: '2026-01-06T00:00:00.000Z' },
    });
    first.settle(usageOf(100, 42n));
    first.release();
    first.settle(usageOf(999, 9n));
    const second = await budgets.reserve(context, subject('u'), { tokens: 900, costNanoUsd: 1n });
    second.release();
    await budgets.close();
    expect(await ledger('day')).toEqual({ tokens: 100n, costNanoUsd: 42n, calls: 1n, wallMs: 0n });
  });

  it('counts users apart, and a request and a run for themselves', async () => {
    const { context, node } = cluster(test, [
      { name: 'user', per: 'user', window: 'day', max: { calls: 2 } },
      { name: 'request', per: 'request', max: { calls: 1 } },
      { name: 'run', per: 'run', max: { tokens: 10 } },
    ]);
    const budgets = node();
    const call = (userId: string, requestId: string, runId?: string) =>
      budgets.reserve(
        { ...context, requestId },
        { ...subject(userId), ...(runId === undefined ? {} : { runId }) },
        { tokens: 6, costNanoUsd: 0n },
      );
    await call('a', '1');
    await expect(call('a', '1')).rejects.toMatchObject({ details: { rule: 'request' }, resetAtMs: null });
    await call('a', '2');
    await expect(call('a', '3')).rejects.toMatchObject({ details: { rule: 'user' } });
    await call('b', '3', 'run-1');
    await expect(call('b', '4', 'run-1')).rejects.toMatchObject({ details: { rule: 'run', remaining: 4 } });
    await budgets.close();
  });

  it('starts anew with the next window, and counts a late call in the window it began in', async () => {
    const { context, node, time, ledger } = cluster(test, [
      { name: 'day', per: 'tenant', window: 'day', max: { calls: 1 } },
    ]);
    const budgets = node();
    const late = await budgets.reserve(context, subject('u'), { tokens: 1, costNanoUsd: 0n });
    time.nowMs = DAY + 86_400_000;
    await budgets.reserve(context, subject('u'), { tokens: 1, costNanoUsd: 0n });
    late.settle(usageOf(1, 3n));
    await budgets.close();
    expect(await ledger('day')).toMatchObject({ calls: 1n, costNanoUsd: 3n });
  });

  it('frees what a dead node held when its lease expires, and an idle node’s at once', async () => {
    const { context, node, time } = cluster(test, [{ name: 'day', per: 'tenant', window: 'day', max: { calls: 3 } }]);
    const [dead, idle, alive] = [node(), node(), node()];
    const most = { tokens: 1, costNanoUsd: 0n };
    await dead.reserve(context, subject('u'), most);
    (await idle.reserve(context, subject('u'), most)).release();
    await alive.reserve(context, subject('u'), most);
    await expect(alive.reserve(context, subject('u'), most)).rejects.toMatchObject({ code: 'budget.exceeded' });
    time.nowMs += 3000;
    await idle.flush();
    await alive.reserve(context, subject('u'), most);
    await expect(alive.reserve(context, subject('u'), most)).rejects.toMatchObject({ code: 'budget.exceeded' });
    time.nowMs += 20_000;
    await alive.flush(); // its own lease lives on
    time.nowMs += 11_000;
    await alive.reserve(context, subject('u'), most);
    await expect(alive.reserve(context, subject('u'), most)).rejects.toMatchObject({ code: 'budget.exceeded' });
  });

  it('is refused, not overspent, when a thousand calls come at once', async () => {
    const { context, node, ledger } = cluster(test, [
      { name: 'day', per: 'tenant', window: 'day', max: { tokens: 700 } },
    ]);
    const [one, other] = [node(), node()];
    const calls = await Promise.allSettled(
      Array.from({ length: 1000 }, (_, i) =>
        (i % 2 === 0 ? one : other).reserve(context, subject(`u${i % 7}`), { tokens: 1, costNanoUsd: 1n }),
      ),
    );
    const held = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value] : []));
    expect(held.length).toBeLessThanOrEqual(700);
    expect(held.length).toBeGreaterThan(600);
    for (const reservation of held) reservation.settle(usageOf(1, 1n));
    for (const each of [one, other]) await each.close();
    expect(await ledger('day')).toMatchObject({ tokens: BigInt(held.length), costNanoUsd: BigInt(held.length) });
  });

  it('does not see another tenant’s account', async () => {
    const { context, node, ledger } = cluster(test, [{ name: 'day', per: 'tenant', window: 'day', max: { calls: 1 } }]);
    const budgets = node();
    await budgets.reserve(context, subject('u'), { tokens: 1, costNanoUsd: 0n });
    const other = testContext(newId());
    (await budgets.reserve(other, subject('u'), { tokens: 1, costNanoUsd: 0n })).settle(usageOf(1, 1n));
    await budgets.close();
    expect(await ledger('day')).toEqual(NOTHING);
  });
});

/** One step of a random history. */
type Step =
  | { readonly do: 'reserve'; readonly node: number; readonly calls: readonly Wish[] }
  | { readonly do: 'end'; readonly which: number; readonly used: number | null }
  | { readonly do: 'flush'; readonly node: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'crash'; readonly node: number };

interface Wish {
  readonly user: number;
  readonly tokens: number;
  readonly cost: number;
}

const wish = fc.record({ user: fc.nat(1), tokens: fc.nat(400), cost: fc.nat(900) });
const anyNode = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('reserve' as const),
        node: anyNode,
        calls: fc.array(wish, { minLength: 1, maxLength: 6 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(), used: fc.option(fc.nat(100)) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), node: anyNode }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 9000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), node: anyNode }) },
  ),
  { minLength: 5, maxLength: 40 },
);

const RULES = [
  { name: 'tenant', per: 'tenant', window: 'day', max: { tokens: 2000, costUsd: '0.000004000' } },
  { name: 'user', per: 'user', window: 'day', max: { tokens: 1500, calls: 12 } },
];
const TENANT_MAX = { tokens: 2000n, costNanoUsd: 4000n };

interface Call {
  readonly reservation: Reservation;
  readonly node: number;
  readonly wish: Wish;
}

/** Plays a history and keeps its own books. */
class History {
  readonly #nodes: LeasedBudgets[];
  readonly #make: () => LeasedBudgets;
  readonly #time: { nowMs: number };
  readonly #context: TenantContext;
  readonly #open: Call[] = [];
  /** Settled in memory by each node since its last flush. */
  readonly #unflushed = new Map<number, Amounts>();
  /** When each node was made or last flushed. */
  readonly #flushedAtMs: number[];
  spent = NOTHING;
  /** Spent by nodes that died before they could say so. */
  lost = NOTHING;
  crashed = false;

  constructor(made: ReturnType<typeof cluster>) {
    this.#make = made.node;
    this.#nodes = [made.node(), made.node(), made.node()];
    this.#time = made.time;
    this.#flushedAtMs = this.#nodes.map(() => made.time.nowMs);
    this.#context = made.context;
  }

  async play(step: Step): Promise<void> {
    if (step.do === 'wait') await this.#wait(step.ms);
    else if (step.do === 'flush') await this.#flush(step.node);
    else if (step.do === 'reserve') await this.#reserve(step.node, step.calls);
    else if (step.do === 'end') this.#end(step.which, step.used);
    else this.#crash(step.node);
  }

  /** Tokens and money that are spent or set aside by living nodes, which must never be more than there is. */
  get committed(): Amounts {
    return this.#open.reduce((sum, { wish: { tokens, cost } }) => plus(sum, spentOf(tokens, BigInt(cost))), this.spent);
  }

  async finish(): Promise<void> {
    while (this.#open.length > 0) this.#end(0, 50);
    for (const each of this.#nodes) await each.close();
  }

  async #wait(ms: number): Promise<void> {
    this.#time.nowMs += ms;
    for (const [at, flushedAtMs] of this.#flushedAtMs.entries()) {
      if (this.#time.nowMs - flushedAtMs >= FLUSHES_WITHIN_MS) await this.#flush(at);
    }
  }

  async #flush(at: number): Promise<void> {
    await this.#nodes[at]?.flush();
    this.#unflushed.delete(at);
    this.#flushedAtMs[at] = this.#time.nowMs;
  }

  async #reserve(at: number, wishes: readonly Wish[]): Promise<void> {
    const calls = await Promise.allSettled(
      wishes.map(async (each): Promise<Call | null> => {
        const most = { tokens: each.tokens, costNanoUsd: BigInt(each.cost) };
        const reservation = await this.#nodes[at]?.reserve(this.#context, subject(`u${each.user}`), most);
        return reservation === undefined ? null : { reservation, node: at, wish: each };
      }),
    );
    for (const call of calls) {
      if (call.status === 'rejected' && !(call.reason instanceof BudgetExceeded)) throw call.reason;
      if (call.status === 'rejected') continue;
      if (call.value !== null) this.#open.push(call.value);
    }
  }

  #end(which: number, percent: number | null): void {
    const [call] = this.#open.splice(which % Math.max(1, this.#open.length), 1);
    if (call === undefined) return;
    if (percent === null) return call.reservation.release();
    const tokens = Math.floor((call.wish.tokens * percent) / 100);
    const cost = BigInt(Math.floor((call.wish.cost * percent) / 100));
    call.reservation.settle(usageOf(tokens, cost));
    this.spent = plus(this.spent, spentOf(tokens, cost));
    this.#unflushed.set(call.node, plus(this.#unflushed.get(call.node) ?? NOTHING, spentOf(tokens, cost)));
  }

  #crash(at: number): void {
    this.crashed = true;
    for (const call of this.#open.filter(({ node }) => node === at)) this.#open.splice(this.#open.indexOf(call), 1);
    this.lost = plus(this.lost, this.#unflushed.get(at) ?? NOTHING);
    this.#unflushed.delete(at);
    this.#nodes[at] = this.#make();
    this.#flushedAtMs[at] = this.#time.nowMs;
  }
}

function spentOf(tokens: number, costNanoUsd: bigint): Amounts {
  return { tokens: BigInt(tokens), costNanoUsd, calls: 1n, wallMs: 0n };
}

describe('any history of reserving, settling, releasing, waiting and dying', () => {
  describeDatabases('over three nodes', (open) => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await open();
    });
    afterAll(() => test.drop());

    it('never takes more than there is, and the ledger is the exact sum', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (history) => {
          const made = cluster(test, RULES);
          const played = new History(made);
          for (const step of history) {
            await played.play(step);
            const { tokens, costNanoUsd } = played.committed;
            expect(tokens <= TENANT_MAX.tokens + played.lost.tokens).toBe(true);
            expect(costNanoUsd <= TENANT_MAX.costNanoUsd + played.lost.costNanoUsd).toBe(true);
          }
          await played.finish();
          const ledger = await made.ledger('tenant');
          const users = plus(await made.ledger('user', 'u0'), await made.ledger('user', 'u1'));
          for (const found of [ledger, users]) {
            const { wallMs: _, ...counted } = found;
            const { wallMs: __, ...sum } = played.spent;
            if (!played.crashed) expect(counted).toEqual(sum);
            expect(counted.tokens <= sum.tokens && counted.tokens >= sum.tokens - played.lost.tokens).toBe(true);
          }
        }),
        // The first failure found is told: looking for a shorter one takes longer than a test may.
        { numRuns: 15, endOnFailure: true },
      );
    });
  });
});
