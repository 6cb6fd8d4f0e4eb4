import { afterEach, describe, expect, test } from 'vitest';
import { context, failureOf, TestDoors, until } from './door-for-tests.ts';
import type { ModelRequest } from './request.ts';

const request: ModelRequest = {
  task: 'answer',
  feature: 'test',
  messages: [{ role: 'user', content: 'How many days?' }],
};
const usage = { inputTokens: 1_237, cachedInputTokens: 411, outputTokens: 89 };
const doors = new TestDoors();
const provider: TestDoors['provider'] = (options) => doors.provider(options);
const open: TestDoors['open'] = (models, privacy) => doors.open(models, privacy);

afterEach(() => doors.close());

describe('a call over real sockets', () => {
  test.each(['openai-compatible', 'openai', 'anthropic', 'bedrock'] as const)(
    'through the SDK of %s: the text, the tokens, the cost to the nano-dollar',
    async (kind) => {
      const at = await provider({ reply: () => ({ pieces: ['Twenty', ' five.'], usage }) });
      const { door, records, held } = open({ one: { at, kind } });
      const reply = await door.generate(context, request);
      expect(reply).toMatchObject({ text: 'Twenty five.', model: 'one', finish: 'stop', source: 'model' });
      // ceil((826 × 123456789 + 411 × 10000000 + 89 × 10000000001) / 10⁶)
      const used = { ...usage, estimated: false, costNanoUsd: 996_086n };
      expect(reply.usage).toEqual(used);
      expect(records).toMatchObject([{ outcome: 'answered', attempts: 1, cache: 'provider', usage: used }]);
      expect(held()).toBe(0);
    },
  );

  test('429 with Retry-After and a malformed reply are tried again; the lost reply is counted apart', async () => {
    const faults = [{ kind: 'status', status: 429, retryAfter: '0' } as const, { kind: 'malformed' } as const];
    const at = await provider({ fault: ({ index }) => faults[index] });
    const { door, records } = open({ one: { at } });
    expect((await door.generate(context, request)).text).toContain('characters.');
    expect(records).toMatchObject([
      { outcome: 'answered', attempts: 3, usage: { estimated: false } },
      { outcome: 'lost', usage: { estimated: true } },
    ]);
  });

  test.each([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 401 },
    { kind: 'refuse' },
    { kind: 'malformed' },
    { kind: 'drop', afterFrames: 0 },
    { kind: 'stall' },
  ] as const)('a model that fails ($kind $status) is replaced by the next', async (fault) => {
    const bad = await provider({ fault: () => fault });
    const good = await provider();
    const { door, held } = open({
      bad: { at: bad, limits: { attemptTimeoutMs: 100, attempts: 2 } },
      good: { at: good },
    });
    const reply = await door.generate(context, request);
    expect(reply.model).toBe('good');
    expect(reply.tried).toHaveLength(1);
    expect(held()).toBe(0);
  });

  test('the floor answers when no model does; without one the error names every model', async () => {
    const at = await provider({ fault: () => ({ kind: 'status', status: 503 }) });
    const { door } = open({ one: { at }, two: { at } });
    const failure = await failureOf(door.generate(context, request));
    expect(failure).toMatchObject({
      code: 'model.exhausted',
      details: { tried: [{ model: 'one' }, { model: 'two' }] },
    });
    const reply = await door.generate(context, { ...request, floor: () => 'by rule' });
    expect(reply).toMatchObject({ text: 'by rule', source: 'floor', model: null });
  });

  test('the deadline and the caller end a stalled call, down to the socket', async () => {
    const at = await provider({ fault: () => ({ kind: 'stall' }) });
    const { door, held, records } = open({ one: { at } });
    const late = await failureOf(door.generate(context, { ...request, deadlineMs: 50 }));
    expect(late).toMatchObject({ code: 'model.deadline-exceeded' });
    const controller = new AbortController();
    const call = failureOf(door.generate(context, { ...request, signal: controller.signal }));
    await until(() => at.log.length >= 2);
    controller.abort();
    expect(await call).toMatchObject({ code: 'operation.aborted' });
    await until(() => at.log.every(({ aborted }) => aborted));
    expect(held()).toBe(0);
    expect(records.map(({ outcome }) => outcome)).toEqual(['aborted', 'lost', 'aborted', 'lost']);
  });

  test.each([{ kind: 'stall' }, { kind: 'hang', afterFrames: 0 }] as const)(
    'an abort closes the socket at once, not when it would be idle ($kind)',
    async (fault) => {
      const at = await provider({ fault: () => fault });
      const { door, held } = open({ one: { at } });
      const controller = new AbortController();
      const call = failureOf(door.generate(context, { ...request, signal: controller.signal }));
      await until(() => at.log.length === 1);
      const from = performance.now();
      controller.abort();
      expect(await call).toMatchObject({ code: 'operation.aborted' });
      expect(held()).toBe(0);
      await until(() => at.connections() === 0);
      expect(performance.now() - from).toBeLessThan(500);
    },
  );

  test('private material reaches private models only, not even as a fallback', async () => {
    const elsewhere = await provider();
    const own = await provider({ fault: () => ({ kind: 'status', status: 500 }) });
    const { door } = open({ elsewhere: { at: elsewhere }, own: { at: own, private: true } });
    expect(await failureOf(door.generate(context, { ...request, dataClass: 'private' }))).toMatchObject({
      code: 'model.exhausted',
    });
    expect(own.log.length).toBeGreaterThan(0);
    expect(elsewhere.log).toEqual([]);
    await door.generate(context, request);
    expect(elsewhere.log).toHaveLength(1); // the same door does send what is not private
    const { candidates, excluded } = door.explain({ task: 'answer', dataClass: 'private' });
    expect([candidates[0]?.model.id, excluded[0]?.model.id]).toEqual(['own', 'elsewhere']);
  });

  test('a model that keeps failing is left alone and put last', async () => {
    const bad = await provider({ fault: () => ({ kind: 'status', status: 500 }) });
    const { door } = open({ bad: { at: bad, limits: { attempts: 1 } }, good: { at: await provider() } });
    for (let call = 0; call < 14; call++) await door.generate(context, request);
    expect(bad.log.length).toBeLessThan(14);
    expect(door.explain({ task: 'answer' }).candidates[0]?.model.id).toBe('good');
  });

  test('closing ends the connections', async () => {
    const at = await provider();
    const { door } = open({ one: { at } });
    await door.generate(context, request);
    expect(at.connections()).toBe(1);
    await door.close();
    await until(() => at.connections() === 0);
  });
});
