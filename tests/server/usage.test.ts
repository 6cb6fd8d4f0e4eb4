import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '../../src/base/index.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const AT = Date.UTC(2026, 4, 4, 12);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.ready();
  for (const [feature, estimated] of [
    ['answers', false],
    ['answers', true],
    ['chat', false],
  ] as const) {
    record(server, { feature, estimated });
  }
  await vi.waitUntil(
    async () => (await server.call('/v1/usage?from=2026-05-01&to=2026-06-01')).json.items.length === 2,
    { timeout: 30_000, interval: 100 }, // one second is too short for a first write on a busy machine
  );
});
afterAll(() => server.dispose());

function record({ platform }: TestServer, { feature, estimated }: { feature: string; estimated: boolean }): void {
  platform.meter.record({
    callId: newId(),
    tenantId: platform.localTenantId,
    principalId: 'local',
    requestId: 'r',
    userId: 'local',
    feature,
    runId: null,
    task: 'answer',
    model: 'small',
    provider: 'acme',
    reason: 'cheapest',
    fallback: 0,
    attempts: 1,
    latencyMs: 12,
    firstTokenMs: null,
    usage: {
      inputTokens: 10,
      outputTokens: 5,
      cachedInputTokens: 4,
      cacheWriteInputTokens: 2,
      estimated,
      costNanoUsd: 1_500_000_001n,
    },
    price: {
      inputNanoUsdPerMillion: 1n,
      outputNanoUsdPerMillion: 2n,
      cachedInputNanoUsdPerMillion: 3n,
      cacheWriteNanoUsdPerMillion: 3n,
    },
    cache: 'none',
    outcome: 'answered',
    errorCode: null,
    at: AT,
  });
}

it('sums up by feature, in dollars, estimates apart', async () => {
  const { status, json } = await server.call('/v1/usage?from=2026-05-01&to=2026-06-01');
  expect(status).toBe(200);
  const tokens = { inputTokens: 10, cachedInputTokens: 4, cacheWriteInputTokens: 2, outputTokens: 5 };
  const one = { calls: 1, ...tokens, costUsd: 1.500000001 };
  expect(json).toMatchObject({
    by: 'feature',
    from: '2026-05-01T00:00:00.000Z',
    items: [
      {
        key: 'answers',
        counted: one,
        estimated: one,
        failed: 0,
        cacheHits: 0,
        latencyP50Ms: 12,
        firstTokenP50Ms: null,
      },
      { key: 'chat', counted: one, estimated: { calls: 0, costUsd: 0 } },
    ],
    total: { counted: { calls: 2, costUsd: 3.000000002 }, estimated: { calls: 1 } },
    nextCursor: null,
  });
});

it('goes page by page, the total staying that of all', async () => {
  const path = '/v1/usage?from=2026-05-01&to=2026-06-01&limit=1';
  const first = (await server.call(path)).json;
  expect(first.items.map(({ key }: { key: string }) => key)).toEqual(['answers']);
  const second = (await server.call(`${path}&cursor=${first.nextCursor}`)).json;
  expect(second.items.map(({ key }: { key: string }) => key)).toEqual(['chat']);
  expect(second).toMatchObject({ total: first.total, nextCursor: null });
});

it('shows nothing outside the time asked for', async () => {
  const { json } = await server.call('/v1/usage?by=day&from=2026-05-05&to=2026-05-06');
  expect(json).toMatchObject({ items: [], total: { counted: { calls: 0, costUsd: 0 } } });
});

it.each(['by=colour', 'limit=0', 'from=tomorrow', 'from=2026-05-02&to=2026-05-01'])('refuses %s', async (query) => {
  const { status, json } = await server.call(`/v1/usage?${query}`);
  expect({ status, code: json.code }).toEqual({ status: 400, code: 'request.invalid' });
});
