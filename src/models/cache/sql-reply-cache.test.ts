import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import { describeDatabases, type TestDatabase, testContext } from '../../store/testing.ts';
import { silentLog } from '../../telemetry/index.ts';
import { createModelDoor } from '../door/create-model-door.ts';
import type { CachedReply, CacheKey, CallRecord } from '../door/ports.ts';
import { createFixedEmbedder } from '../fixed-embedder.ts';
import { buildRegistry } from '../registry/load-registry.ts';
import { startTestProvider } from '../test-provider/test-provider.ts';
import { forgetReplies } from './erasure-fence.ts';
import { SqlReplyCache, type SqlReplyCacheOptions } from './sql-reply-cache.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const MINUTE_MS = 60_000;

function buildKey(overrides: Partial<CacheKey> = {}): CacheKey {
  return {
    task: 'answer',
    model: 'small',
    parameters: { temperature: 0, maxOutputTokens: 100, tools: undefined },
    prompt: '[{"role":"user","content":"How many days?"}]',
    promptVersion: 'answer@3',
    indexVersion: 'c@7',
    asOf: '2026-05-04T00:00:00.000Z',
    question: null,
    scope: null,
    ...overrides,
  };
}

const reply: CachedReply = {
  text: 'Twenty five days.',
  usage: {
    inputTokens: 10,
    outputTokens: 4,
    cachedInputTokens: 2,
    estimated: false,
    costNanoUsd: 9_007_199_254_740_993n,
  },
  hit: 'exact',
};

/** Asks, and keeps the reply when there was none, as a call does. */
async function call(
  cache: SqlReplyCache,
  context: TenantContext,
  on: { readonly key: CacheKey; readonly made?: CachedReply },
): Promise<boolean> {
  const { key, made = reply } = on;
  const found = await cache.get(context, key);
  if (found === null) cache.put(context, key, made);
  await cache.settled();
  return found !== null;
}

describeDatabases('the cache of replies', (open) => {
  let test: TestDatabase;
  let now = NOON;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());
  const build = (overrides: Partial<SqlReplyCacheOptions> = {}) =>
    new SqlReplyCache({ database: test.database, log: silentLog, clock: () => now, patienceMs: 60_000, ...overrides });

  it('gives a reply back for the same key, to the nano-dollar, whatever the order of members and groups', async () => {
    const context = { ...testContext(newId()), groups: ['g:everyone', 'g:staff'] };
    const cache = build();
    expect(await call(cache, context, { key: buildKey() })).toBe(false);
    const again = { ...context, groups: ['g:staff', 'g:everyone', 'g:staff'], requestId: 'another' };
    const key = buildKey({ parameters: { maxOutputTokens: 100, temperature: 0 } });
    expect(await build().get(again, key)).toEqual(reply);
  });

  it('never gives it to anyone, or for anything, else', async () => {
    const context = testContext(newId());
    const cache = build();
    await call(cache, context, { key: buildKey() });
    const others: Partial<CacheKey>[] = [
      { task: 'judge' },
      { model: 'large' },
      { parameters: { temperature: 1, maxOutputTokens: 100 } },
      { prompt: '[{"role":"user","content":"How many days? "}]' },
      { promptVersion: 'answer@4' },
      { indexVersion: 'c@8' },
      { indexVersion: null },
      { asOf: null },
    ];
    for (const other of others) expect(await cache.get(context, buildKey(other)), JSON.stringify(other)).toBeNull();
    const readers = [{ tenantId: newId() }, { principalId: 'bea' }, { groups: [] }, { groups: ['g:everyone', 'g:hr'] }];
    for (const reader of readers) expect(await cache.get({ ...context, ...reader }, buildKey())).toBeNull();
    expect(await cache.get(context, buildKey())).not.toBeNull();
  });

  it('keeps replies for a time, and a tenant’s newest within its size', async () => {
    const context = testContext(newId());
    const other = testContext(newId());
    const cache = build({ maxAgeMs: 10 * MINUTE_MS, maxBytes: 20_000 });
    await call(cache, other, { key: buildKey() });
    now = NOON + 11 * MINUTE_MS;
    expect(await cache.get(other, buildKey())).toBeNull();
    const made = { ...reply, text: 'x'.repeat(1_000) };
    const keys = Array.from({ length: 65 }, (_, i) => buildKey({ prompt: `${i}` }));
    for (const key of keys) {
      now += 1;
      await call(cache, context, { key, made });
    }
    const [size] = await test.database.withTenant(context, (tx) =>
      tx.query<{ bytes: number; rows: number }>(
        'select sum(bytes)::int as bytes, count(*)::int as rows from reply_cache',
      ),
    );
    expect(size?.bytes).toBeLessThanOrEqual(20_000);
    expect(size?.rows).toBe(15);
    expect(await cache.get(context, keys.at(-1) as CacheKey)).not.toBeNull();
    expect(await cache.get(context, keys[0] as CacheKey)).toBeNull();
    expect(cache.counts).toMatchObject({ kept: 66, evicted: 50, failures: 0 });
    now = NOON;
  });

  it('forgets all of a tenant when something is deleted, and keeps nothing that was being made meanwhile', async () => {
    const [context, other] = [testContext(newId()), testContext(newId())];
    const cache = build();
    await call(cache, context, { key: buildKey() });
    await call(cache, other, { key: buildKey() });
    const inHand = buildKey({ prompt: 'being made' });
    expect(await cache.get(context, inHand)).toBeNull();
    await test.database.withTenant(context, (tx) => forgetReplies(tx, context, now));
    cache.put(context, inHand, reply);
    await cache.settled();
    expect(await cache.get(context, inHand)).toBeNull();
    expect(await cache.get(context, buildKey())).toBeNull();
    expect(await cache.get(other, buildKey())).not.toBeNull();
    // A prompt built before the deletion may still be on its way.
    expect(await call(cache, context, { key: buildKey() })).toBe(false);
    expect(await call(cache, context, { key: buildKey() })).toBe(false);
    now = NOON + 3 * MINUTE_MS;
    expect(await call(cache, context, { key: buildKey() })).toBe(false);
    expect(await call(cache, context, { key: buildKey() })).toBe(true);
    now = NOON;
  });

  it('a deletion waits for a reply that is being kept, and then takes it', async () => {
    const context = testContext(newId());
    const cache = build();
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const key = buildKey({ prompt: `${i}` });
        await cache.get(context, key);
        cache.put(context, key, reply);
        if (i === 10) await test.database.withTenant(context, (tx) => forgetReplies(tx, context, now));
      }),
    );
    await cache.settled();
    const left = await test.database.withTenant(context, (tx) => tx.query('select 1 from reply_cache'));
    expect(left).toEqual([]);
  });
});

describeDatabases('the cache of replies, for paraphrases', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());

  it('answers the nearest question that asks for the same, within one scope only', async () => {
    const context = testContext(newId());
    const embedder = createFixedEmbedder();
    const cache = new SqlReplyCache({
      database: test.database,
      log: silentLog,
      patienceMs: 60_000,
      paraphrases: {
        embed: async (question) => (await embedder.embed([question], { purpose: 'query' }))[0] as Float32Array,
        threshold: 0.5,
        asksTheSame: (asked, kept) => !asked.includes('not') && !kept.includes('sick'),
      },
    });
    const asking = (question: string, overrides: Partial<CacheKey> = {}): CacheKey =>
      buildKey({ question, prompt: `[passages for ${question}]`, scope: 'a collection', ...overrides });
    await call(cache, context, { key: asking('how many days of sick leave') });
    await call(cache, context, { key: asking('how many days of leave') });
    expect(await cache.get(context, asking('how many leave days'))).toEqual({ ...reply, hit: 'semantic' });
    const refused: Record<string, CacheKey> = {
      'asks for something else': asking('how many not leave days'),
      'is far away': asking('where is the canteen'),
      'came from another state of the index': asking('how many leave days', { indexVersion: 'c@8' }),
      'is about another date': asking('how many leave days', { asOf: null }),
      'rests on something else': asking('how many leave days', { scope: 'another' }),
      'has another prompt around it': asking('how many leave days', { scope: null }),
      'is another model’s': asking('how many leave days', { model: 'large' }),
    };
    for (const [why, key] of Object.entries(refused)) expect(await cache.get(context, key), why).toBeNull();
    for (const reader of [{ tenantId: newId() }, { principalId: 'bea' }, { groups: [] }])
      expect(await cache.get({ ...context, ...reader }, asking('how many leave days'))).toBeNull();
    expect(cache.counts).toMatchObject({ semanticHits: 1, exactHits: 0, failures: 0 });
  });
});

const broken = (failing: () => Promise<never>): Database => ({
  kind: 'pglite',
  withTenant: failing,
  readTenant: failing,
  writeTenant: failing,
  withSystem: failing,
  tryLock: failing,
  vacuum: failing,
  scrub: failing,
  close: async () => undefined,
});

describe('a broken cache is an empty one', () => {
  it.each([
    ['fails', () => Promise.reject(new Error('gone'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])('when its database %s', async (_, failing) => {
    const cache = new SqlReplyCache({ database: broken(failing), log: silentLog, patienceMs: 50 });
    const key = buildKey();
    expect(await cache.get(testContext(), key)).toBeNull();
    cache.put(testContext(), key, reply);
    expect(cache.counts).toMatchObject({ exactHits: 0, misses: 1, failures: 1 });
  });
});

describeDatabases('a call with the cache of replies', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());

  it('is answered once by the model, then by the cache, and metered so', async () => {
    const usage = { inputTokens: 12, cachedInputTokens: 0, outputTokens: 3 };
    const provider = await startTestProvider({ reply: () => ({ pieces: ['Twenty five.'], usage }) });
    const registry = buildRegistry(
      {
        providers: { one: { kind: 'openai-compatible', url: provider.url } },
        models: {
          one: {
            provider: 'one',
            model: 'one',
            private: false,
            contextTokens: 10_000,
            price: { inputUsdPerMillion: 1 },
          },
        },
      },
      { file: 'models.json', key: () => undefined },
    );
    const records: CallRecord[] = [];
    const cache = new SqlReplyCache({ database: test.database, log: silentLog, patienceMs: 60_000 });
    const door = createModelDoor({ registry, cache, meter: { record: (one) => records.push(one) } });
    const request = {
      task: 'answer',
      feature: 'test',
      messages: [{ role: 'user' as const, content: 'How many days?' }],
      cache: { promptVersion: '1' },
    };
    const replies = [];
    for (let i = 0; i < 2; i++) {
      replies.push(await door.generate(test.context, request));
      await cache.settled();
    }
    expect(replies.map(({ text, source, cache: use }) => [text, source, use])).toEqual([
      ['Twenty five.', 'model', 'none'],
      ['Twenty five.', 'cache', 'exact'],
    ]);
    expect(records).toMatchObject([
      { outcome: 'answered', cache: 'none', attempts: 1 },
      { outcome: 'cached', cache: 'exact', attempts: 0, usage: { costNanoUsd: 0n } },
    ]);
    expect(provider.log).toHaveLength(1);
    await door.close();
    await provider.close();
  });
});
