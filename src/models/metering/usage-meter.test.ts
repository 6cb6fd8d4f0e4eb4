import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { type Database } from '../../store/index.ts';
import { describeDatabases, type TestDatabase, testContext } from '../../store/testing.ts';
import { silentLog } from '../../telemetry/index.ts';
import type { CallRecord, UnitPrice } from '../door/ports.ts';
import { costOf } from './money.ts';
import { readUsage, type UsageGroup } from './read-usage.ts';
import { UsageMeter } from './usage-meter.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const DAY_MS = 86_400_000;

const UNIT_PRICE: UnitPrice = {
  inputNanoUsdPerMillion: 1n,
  outputNanoUsdPerMillion: 2n,
  cachedInputNanoUsdPerMillion: 3n,
  cacheWriteNanoUsdPerMillion: 4n,
};

function buildRecord(overrides: Partial<CallRecord> & { readonly tenantId: string }): CallRecord {
  return {
    callId: newId(),
    principalId: 'local',
    requestId: 'r',
    userId: 'ada',
    feature: 'answers',
    runId: null,
    task: 'answer',
    model: 'small',
    provider: 'acme',
    reason: 'cheapest',
    fallback: 0,
    attempts: 1,
    latencyMs: 12.4,
    firstTokenMs: 3.2,
    usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, estimated: false, costNanoUsd: 7n },
    price: UNIT_PRICE,
    cache: 'none',
    outcome: 'answered',
    errorCode: null,
    at: NOON,
    ...overrides,
  };
}

const whole = { fromMs: NOON - 3 * DAY_MS, toMs: NOON + 3 * DAY_MS, limit: 1000, after: null };

describeDatabases('metering', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());
  const buildMeter = (database: Database = test.database) => new UsageMeter({ database, log: silentLog });
  const by = (context: ReturnType<typeof testContext>, group: UsageGroup) =>
    readUsage(test.database, context, { ...whole, by: group });

  it('writes everything that was recorded before it is closed', async () => {
    const context = testContext(newId());
    const meter = buildMeter();
    for (let i = 0; i < 1234; i++) meter.record(buildRecord({ tenantId: context.tenantId, userId: `u${i % 3}` }));
    await meter.close();
    const { lines, total } = await by(context, 'user');
    expect(lines.map(({ key, counted }) => [key, counted.calls])).toEqual([
      ['u0', 412],
      ['u1', 411],
      ['u2', 411],
    ]);
    expect(total.counted).toMatchObject({ calls: 1234, costNanoUsd: 8638n, cachedInputTokens: 4936 });
  });

  it('writes by itself', async () => {
    const context = testContext(newId());
    const meter = buildMeter();
    meter.record(buildRecord({ tenantId: context.tenantId }));
    await expect.poll(async () => (await by(context, 'day')).lines).toMatchObject([{ key: '2026-05-04', failed: 0 }]);
    await meter.close();
  });

  it('writes each row once although the answer to a write was lost', async () => {
    const context = testContext(newId());
    let lose = true;
    const flaky: Database = Object.create(test.database, {
      withTenant: {
        value: async (...given: Parameters<Database['withTenant']>) => {
          const result = await test.database.withTenant(...given);
          if (lose) throw new Error('connection lost after the commit');
          return result;
        },
      },
    }) as Database;
    const meter = buildMeter(flaky);
    meter.record(buildRecord({ tenantId: context.tenantId }));
    await expect(meter.flush()).rejects.toThrow('connection lost');
    lose = false;
    await meter.close();
    expect((await by(context, 'feature')).total.counted.calls).toBe(1);
  });

  it('keeps estimates, failures and hits of the cache apart', async () => {
    const { tenantId, ...context } = testContext(newId());
    const meter = buildMeter();
    const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, estimated: true, costNanoUsd: 100n };
    meter.record(buildRecord({ tenantId }));
    meter.record(buildRecord({ tenantId, usage, outcome: 'lost', firstTokenMs: null }));
    meter.record(
      buildRecord({
        tenantId,
        outcome: 'cached',
        cache: 'exact',
        usage: { ...usage, estimated: false, costNanoUsd: 0n },
      }),
    );
    await meter.close();
    const { lines } = await by({ ...context, tenantId }, 'model');
    expect(lines).toMatchObject([
      {
        key: 'small',
        counted: { calls: 2, costNanoUsd: 7n },
        estimated: { calls: 1, costNanoUsd: 100n, inputTokens: 1 },
        failed: 1,
        cacheHits: 1,
        latencyP50Ms: 12,
        firstTokenP50Ms: 3,
      },
    ]);
  });

  it('gives a new price a row of its own, and old calls keep theirs', async () => {
    const { tenantId } = testContext(newId());
    const model = newId();
    const meter = buildMeter();
    const price = UNIT_PRICE;
    const dear = { ...price, outputNanoUsdPerMillion: 9n };
    for (const [at, each] of [price, price, dear, dear, price].entries()) {
      meter.record(buildRecord({ tenantId, model, price: each, at: NOON + at }));
      await meter.flush();
    }
    await meter.close();
    const rows = await test.database.withTenant(testContext(tenantId), (tx) =>
      tx.query<{ price: number; from: Date; calls: number }>(
        `select p.output_nano_usd_per_million as price, p.valid_from as from, count(*) as calls
         from usage_calls u join unit_prices p on p.id = u.price_id group by p.id order by p.valid_from`,
      ),
    );
    expect(rows).toEqual([
      { price: 2, from: new Date(NOON), calls: 2 },
      { price: 9, from: new Date(NOON + 2), calls: 2 },
      { price: 2, from: new Date(NOON + 4), calls: 1 },
    ]);
  });

  it('keeps where personal data was found, and nothing where there was none', async () => {
    const { tenantId } = testContext(newId());
    const meter = buildMeter();
    const screened = [{ message: 1, start: 9, end: 29, type: 'email', score: 0.95, action: 'redact' }] as const;
    meter.record(buildRecord({ tenantId, model: 'a', screened }));
    meter.record(buildRecord({ tenantId, model: 'b' }));
    await meter.close();
    const rows = await test.database.withTenant(testContext(tenantId), (tx) =>
      tx.query('select model, screened from usage_calls order by model'),
    );
    expect(rows).toEqual([
      { model: 'a', screened },
      { model: 'b', screened: null },
    ]);
  });

  it('explains a bill by its row and its price, cache writes included', async () => {
    const { tenantId } = testContext(newId());
    const meter = buildMeter();
    const price = {
      inputNanoUsdPerMillion: 3_000_000_001n,
      outputNanoUsdPerMillion: 15_000_000_000n,
      cachedInputNanoUsdPerMillion: 300_000_000n,
      cacheWriteNanoUsdPerMillion: 3_750_000_007n,
    };
    const tokens = { inputTokens: 5_003, outputTokens: 77, cachedInputTokens: 1_024, cacheWriteInputTokens: 2_049 };
    const usage = { ...tokens, estimated: false, costNanoUsd: costOf(tokens, price) };
    for (const each of [price, { ...price, cacheWriteNanoUsdPerMillion: 1n }]) {
      meter.record(
        buildRecord({ tenantId, model: tenantId, price: each, usage: { ...usage, costNanoUsd: costOf(tokens, each) } }),
      );
    }
    await meter.close();
    const rows = await test.database.withTenant(testContext(tenantId), (tx) =>
      tx.query<{ billed: string; explained: string }>(
        `select cost_nano_usd::text as billed, ceil(((input_tokens - cached_input_tokens - cache_write_input_tokens)
             * p.input_nano_usd_per_million::numeric + cached_input_tokens * p.cached_input_nano_usd_per_million
             + cache_write_input_tokens * p.cache_write_nano_usd_per_million
             + output_tokens * p.output_nano_usd_per_million) / 1000000)::bigint::text as explained
         from usage_calls u join unit_prices p on p.id = u.price_id order by cost_nano_usd desc`,
      ),
    );
    expect(rows.map(({ billed }) => billed)).toEqual(rows.map(({ explained }) => explained));
    expect(rows[0]?.billed).toBe(String(usage.costNanoUsd));
    expect(rows).toHaveLength(2);
  });

  it('shows a tenant nothing of another', async () => {
    const meter = buildMeter();
    meter.record(buildRecord({ tenantId: newId() }));
    await meter.close();
    expect((await by(testContext(newId()), 'feature')).lines).toEqual([]);
  });

  it('adds up to the nano-dollar over all groups and pages', async () => {
    const call = fc.record({
      userId: fc.constantFrom('a', 'B', 'é', 'z'),
      day: fc.nat(2),
      estimated: fc.boolean(),
      costNanoUsd: fc.bigInt({ min: 0n, max: 9_000_000_000_000_000_000n }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 20 }), async (calls) => {
        const context = testContext(newId());
        const meter = buildMeter();
        for (const { userId, day, estimated, costNanoUsd } of calls) {
          const usage = { inputTokens: 1, outputTokens: 0, cachedInputTokens: 0, estimated, costNanoUsd };
          meter.record(buildRecord({ tenantId: context.tenantId, userId, at: NOON + day * DAY_MS, usage }));
        }
        await meter.close();
        let [after, counted, estimated]: [string | null, bigint, bigint] = [null, 0n, 0n];
        do {
          const page = await readUsage(test.database, context, { ...whole, by: 'user', limit: 1, after });
          for (const line of page.lines) {
            counted += line.counted.costNanoUsd;
            estimated += line.estimated.costNanoUsd;
          }
          expect(page.total.counted.costNanoUsd).toBe(sumOf(calls, false));
          after = page.next;
        } while (after !== null);
        expect([counted, estimated]).toEqual([sumOf(calls, false), sumOf(calls, true)]);
      }),
      { numRuns: 10 },
    );
  });
});

function sumOf(calls: readonly { readonly estimated: boolean; readonly costNanoUsd: bigint }[], estimated: boolean) {
  return calls.reduce((sum, call) => (call.estimated === estimated ? sum + call.costNanoUsd : sum), 0n);
}
