import { afterEach, describe, expect, test } from 'vitest';
import type { TestFault } from '../test-provider/test-provider.ts';
import { context, failureOf, TestDoors, until } from './door-for-tests.ts';
import type { ModelRequest, ModelStream } from './request.ts';

const request: ModelRequest = {
  task: 'answer',
  feature: 'test',
  messages: [{ role: 'user', content: 'How many days?' }],
};
const pieces = ['Twenty', ' five', ' days', '.'];
const usage = { inputTokens: 1_237, cachedInputTokens: 411, outputTokens: 89 };
const reply = () => ({ pieces, usage });
const doors = new TestDoors();

afterEach(() => doors.close());

async function piecesOf({ text }: ModelStream): Promise<string[]> {
  const read: string[] = [];
  for await (const piece of text) read.push(piece);
  return read;
}

/** Reads until it breaks. */
async function readBroken({ text }: ModelStream): Promise<{ read: string[]; failure: unknown }> {
  const read: string[] = [];
  try {
    for await (const piece of text) read.push(piece);
    return { read, failure: null };
  } catch (failure) {
    return { read, failure };
  }
}

describe('a streamed reply', () => {
  test.each(['openai-compatible', 'openai', 'anthropic', 'bedrock'] as const)(
    'through the SDK of %s: pieces as they come, tokens and cost to the nano-dollar',
    async (kind) => {
      const at = await doors.provider({ reply });
      const { door, records, held } = doors.open({ one: { at, kind } });
      const streamed = door.stream(context, request);
      expect(await piecesOf(streamed)).toEqual(pieces);
      const whole = await streamed.reply;
      const used = { ...usage, estimated: false, costNanoUsd: 996_086n };
      expect(whole).toMatchObject({ text: 'Twenty five days.', model: 'one', finish: 'stop', usage: used });
      expect(records).toMatchObject([{ outcome: 'answered', attempts: 1, usage: used }]);
      expect(records[0]?.firstTokenMs).toBeGreaterThan(0);
      expect(held()).toBe(0);
    },
  );

  test.each<TestFault>([
    { kind: 'status', status: 503 },
    { kind: 'refuse' },
    { kind: 'malformed' },
    { kind: 'stall' },
    { kind: 'drop', afterFrames: 0 },
    { kind: 'hang', afterFrames: 0 },
  ])('a model that fails before its first token ($kind) is replaced by the next', async (fault) => {
    const bad = await doors.provider({ fault: () => fault });
    const good = await doors.provider({ reply });
    const { door, held } = doors.open({
      bad: { at: bad, limits: { attempts: 2, attemptTimeoutMs: 100 } },
      good: { at: good },
    });
    const streamed = door.stream(context, request);
    expect(await piecesOf(streamed)).toEqual(pieces);
    expect(await streamed.reply).toMatchObject({ model: 'good', tried: [{ model: 'bad' }] });
    expect(held()).toBe(0);
    await until(() => bad.log.every(({ aborted }) => aborted) || fault.kind === 'status' || fault.kind === 'malformed');
  });

  test.each([
    [{ kind: 'drop', afterFrames: 2 }, 'model.interrupted'],
    [{ kind: 'hang', afterFrames: 2 }, 'model.timed-out'],
  ] as const)(
    'one that breaks off after it ($kind) ends with a typed failure; what it cost is estimated',
    async (fault, code) => {
      const bad = await doors.provider({ reply, fault: () => fault });
      const good = await doors.provider();
      const { door, held, records } = doors.open({ bad: { at: bad, limits: { stallMs: 100 } }, good: { at: good } });
      const streamed = door.stream(context, { ...request, floor: () => 'by rule' });
      const { read: got, failure } = await readBroken(streamed);
      expect(got).toEqual(pieces.slice(0, 2));
      expect(failure).toMatchObject({ code });
      expect(await failureOf(streamed.reply)).toBe(failure);
      expect(good.log).toEqual([]);
      expect(records).toMatchObject([
        { outcome: 'failed', errorCode: code, usage: { outputTokens: 0 } },
        { outcome: 'lost', usage: { estimated: true, outputTokens: 4 } }, // 11 bytes at 3 a token
      ]);
      expect(held()).toBe(0);
      await until(() => bad.connections() === 0);
    },
  );

  test('usage that never arrives is estimated', async () => {
    const at = await doors.provider({ reply, fault: () => ({ kind: 'no-usage' }) });
    const { door, records } = doors.open({ one: { at } });
    await piecesOf(door.stream(context, request));
    expect(records).toMatchObject([{ outcome: 'answered', usage: { estimated: true, outputTokens: 6 } }]);
  });

  test('a slow stream is no stall, nor is a slow reader', async () => {
    const at = await doors.provider({ reply, fault: () => ({ kind: 'drip', pauseMs: 30 }) });
    const { door } = doors.open({ one: { at, limits: { stallMs: 120 } } });
    const streamed = door.stream(context, request);
    let text = '';
    for await (const piece of streamed.text) {
      text += piece;
      if (text === 'Twenty') await new Promise((resolve) => setTimeout(resolve, 250)); // longer than a stall may be
    }
    expect(text).toBe('Twenty five days.');
  });

  test('the floor answers when no model begins', async () => {
    const at = await doors.provider({ fault: () => ({ kind: 'status', status: 401 }) });
    const { door } = doors.open({ one: { at } });
    const streamed = door.stream(context, { ...request, floor: () => 'by rule' });
    expect(await piecesOf(streamed)).toEqual(['by rule']);
    expect(await streamed.reply).toMatchObject({ source: 'floor', model: null });
    expect((await readBroken(door.stream(context, request))).failure).toMatchObject({ code: 'model.exhausted' });
  });

  test('pseudonyms that are split between pieces come back whole', async () => {
    const at = await doors.provider({ reply: () => ({ pieces: ['Write to <EM', 'AIL', '_1', '> now', ' <'] }) });
    const { door } = doors.open({ one: { at } }, { personalData: 'pseudonymise' });
    const content = 'My address is jane.roe@example.org, what now?';
    const streamed = door.stream(context, { ...request, messages: [{ role: 'user', content }] });
    expect((await piecesOf(streamed)).join('')).toBe('Write to jane.roe@example.org now <');
    expect(at.log[0]?.call.rawBody).not.toContain('jane.roe');
    expect((await streamed.reply).text).toBe('Write to jane.roe@example.org now <');
  });

  test('the model keeps its place until the stream ends', async () => {
    const at = await doors.provider({ reply });
    const { door } = doors.open({ one: { at, limits: { concurrent: 1 } } });
    const first = door.stream(context, request).text[Symbol.asyncIterator]();
    await first.next();
    const second = piecesOf(door.stream(context, request));
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(at.log).toHaveLength(1);
    await first.return?.();
    expect(await second).toEqual(pieces);
  });
});

describe('the end of a stream closes the socket', () => {
  const hanging = { reply, fault: (): TestFault => ({ kind: 'hang', afterFrames: 2 }) };

  test('when the reader leaves, and the budget is settled', async () => {
    const at = await doors.provider(hanging);
    const { door, held, records } = doors.open({ one: { at } });
    const streamed = door.stream(context, request);
    for await (const piece of streamed.text) if (piece === ' five') break;
    expect(held()).toBe(0);
    expect(records).toMatchObject([{ outcome: 'aborted' }, { outcome: 'lost', usage: { estimated: true } }]);
    expect(await failureOf(streamed.reply)).toMatchObject({ code: 'operation.aborted' });
    await closedSoon(at);
  });

  test('when the caller aborts while it waits', async () => {
    const at = await doors.provider(hanging);
    const { door, held } = doors.open({ one: { at } });
    const controller = new AbortController();
    const streamed = door.stream(context, { ...request, signal: controller.signal });
    let read = '';
    const reading = failureOf(
      (async () => {
        for await (const piece of streamed.text) read += piece;
      })(),
    );
    await until(() => read === 'Twenty five');
    controller.abort();
    expect(await reading).toMatchObject({ code: 'operation.aborted' });
    expect(held()).toBe(0);
    await closedSoon(at);
  });

  test('when the deadline comes and nobody reads any more', async () => {
    const at = await doors.provider(hanging);
    const { door, held, records } = doors.open({ one: { at } });
    const streamed = door.stream(context, { ...request, deadlineMs: 150 });
    await streamed.text[Symbol.asyncIterator]().next(); // and never again
    expect(held()).toBe(1);
    await until(() => held() === 0);
    expect(records[0]).toMatchObject({ outcome: 'aborted', errorCode: 'model.deadline-exceeded' });
    await closedSoon(at);
  });

  /** Within half a second, and not when a connection would be closed for being idle (4 s). */
  async function closedSoon(at: { connections(): number; log: readonly { aborted: boolean }[] }): Promise<void> {
    const from = performance.now();
    await until(() => at.connections() === 0 && at.log.every(({ aborted }) => aborted));
    expect(performance.now() - from).toBeLessThan(500);
  }
});
