import { afterEach, describe, expect, test } from 'vitest';
import { buildRegistry } from '../registry/load-registry.ts';
import { context, failureOf, TestDoors } from './door-for-tests.ts';

const doors = new TestDoors();

afterEach(() => doors.close());

describe('embedding through the door', () => {
  test.each(['openai', 'openai-compatible'] as const)('%s: unit vectors in order, metered', async (kind) => {
    const usage = { inputTokens: 1_000, cachedInputTokens: 0, outputTokens: 0 };
    const at = await doors.provider({ reply: () => ({ usage }) });
    const { door, records, held } = doors.open({ one: { at, kind, does: 'embedding' } });
    expect([door.has('embed'), door.has('rerank'), door.has('answer')]).toEqual([true, false, false]);
    const { vectors, model } = await door.embed(context, { feature: 'test', texts: ['abc', 'a'] });
    expect(model).toBe('one');
    const [first, second] = vectors.map((vector) => [...vector].map((value) => value.toFixed(4)));
    expect(first).toEqual(['0.9487', '0.3162', '0.0000', '0.0000']); // [3, 1, 0, 0], of length 1
    expect(second).toEqual(['0.7071', '0.7071', '0.0000', '0.0000']);
    // ceil(1000 × 123456789 / 10⁶)
    const counted = { inputTokens: 1_000, outputTokens: 0, estimated: false, costNanoUsd: 123_457n };
    expect(records).toMatchObject([{ task: 'embed', outcome: 'answered', usage: counted }]);
    expect(held()).toBe(0);
  });

  test('more texts than a request may hold go in several; the longest has to fit the context, not their sum', async () => {
    const at = await doors.provider();
    const { door, records } = doors.open({ one: { at, kind: 'openai', does: 'embedding' } });
    const texts = Array.from({ length: 2_100 }, (_, index) => `${index} ${'word '.repeat(40)}`);
    const { vectors } = await door.embed(context, { feature: 'test', texts });
    expect(vectors).toHaveLength(2_100);
    expect(at.log.map(({ call }) => (call.body['input'] as string[]).length)).toEqual([2_048, 52]);
    expect(records).toMatchObject([{ attempts: 2 }]);
    const long = await failureOf(door.embed(context, { feature: 'test', texts: ['x'.repeat(400_000)] }));
    expect(long).toMatchObject({ code: 'model.none' });
  });

  test('private texts go to private models only', async () => {
    const at = await doors.provider();
    const { door } = doors.open({ one: { at, does: 'embedding' } });
    const given = { feature: 'test', texts: ['abc'], dataClass: 'private' } as const;
    expect(await failureOf(door.embed(context, given))).toMatchObject({ code: 'model.none' });
    expect(at.log).toEqual([]);
  });
});

describe('reranking through the door', () => {
  const asked = { feature: 'test', query: 'blue whale', documents: ['a whale', 'rent', 'the blue whale'] };

  test('best first, cut to the best, metered', async () => {
    const usage = { inputTokens: 50, cachedInputTokens: 0, outputTokens: 0 };
    const at = await doors.provider({
      reply: () => ({ usage }),
      fault: ({ index }) => (index === 0 ? { kind: 'status', status: 500 } : null),
    });
    const { door, records, held } = doors.open({ one: { at, does: 'rerank' } });
    const { ranking } = await door.rerank(context, { ...asked, topN: 2 });
    expect(ranking).toEqual([
      { index: 2, score: 1 },
      { index: 0, score: 0.5 },
    ]);
    expect(records).toMatchObject([{ task: 'rerank', attempts: 2, usage: { inputTokens: 50, estimated: false } }]);
    expect(held()).toBe(0);
  });

  test('a server that does not count is estimated; one that answers nonsense fails', async () => {
    const silent = await doors.provider({ fault: () => ({ kind: 'no-usage' }) });
    const { door, records } = doors.open({ one: { at: silent, does: 'rerank' } });
    expect((await door.rerank(context, asked)).ranking).toHaveLength(3);
    expect(records).toMatchObject([{ usage: { estimated: true } }]);
    const broken = await doors.provider({ fault: () => ({ kind: 'malformed' }) });
    const bad = doors.open({ one: { at: broken, does: 'rerank', limits: { attempts: 1 } } });
    expect(await failureOf(bad.door.rerank(context, asked))).toMatchObject({
      details: { last: 'model.malformed-reply' },
    });
  });
});

test('a kind of model that its provider does not have is refused when it is declared', () => {
  const price = { inputUsdPerMillion: 0 };
  const model = { provider: 'a', model: 'm', kind: 'rerank', private: false, contextTokens: 10, price };
  const file = { providers: { a: { kind: 'anthropic' } }, models: { m: model } };
  const build = (): unknown => buildRegistry(file, { file: 'models.json', key: () => undefined });
  expect(build).toThrow(/models\.m\.kind is "rerank".*may be: language/);
});
