import { afterEach, describe, expect, test } from 'vitest';
import { context, TestDoors } from './door-for-tests.ts';
import type { ModelRequest } from './request.ts';

const request: ModelRequest = {
  task: 'answer',
  feature: 'test',
  cachePrompt: true,
  messages: [
    { role: 'system', content: 'A long instruction that stays the same.' },
    { role: 'user', content: 'How many days?' },
  ],
};
const usage = { inputTokens: 5_003, cachedInputTokens: 1_024, cacheWriteInputTokens: 2_049, outputTokens: 77 };
const doors = new TestDoors();

afterEach(() => doors.close());

/** The prices of `door-for-tests.ts`, nano-dollars per million tokens. */
const billed = (fresh: bigint, read: bigint, written: bigint): bigint =>
  (fresh * 123_456_789n + read * 10_000_000n + written * 154_320_987n + 77n * 10_000_000_001n + 999_999n) / 1_000_000n;

describe("a provider's prompt cache, over the wire", () => {
  test.each(['anthropic', 'bedrock'] as const)(
    '%s is told where the prompt stays the same; what it read and wrote is billed at its price',
    async (kind) => {
      const at = await doors.provider({ reply: () => ({ pieces: ['25.'], usage }) });
      const { door, records } = doors.open({ one: { at, kind } });
      const reply = await door.generate(context, request);
      const used = { ...usage, estimated: false, costNanoUsd: billed(1_930n, 1_024n, 2_049n) };
      expect(reply.usage).toEqual(used);
      const streamed = door.stream(context, request);
      for await (const _ of streamed.text);
      expect((await streamed.reply).usage).toEqual(used);
      expect(records).toMatchObject([
        { cache: 'provider', usage: used },
        { cache: 'provider', usage: used },
      ]);
      const marks = at.log.map(({ call }) => (call.body['system'] as Record<string, unknown>[]).at(-1));
      const mark =
        kind === 'anthropic' ? { cache_control: { type: 'ephemeral' } } : { cachePoint: { type: 'default' } };
      expect(marks).toMatchObject([mark, mark]);
      await door.generate(context, { ...request, cachePrompt: false });
      expect(at.log.at(-1)?.call.rawBody).not.toMatch(/cache_?(control|point)/i);
    },
  );

  test.each(['openai', 'openai-compatible'] as const)('%s caches by itself and says what it read', async (kind) => {
    const at = await doors.provider({ reply: () => ({ pieces: ['25.'], usage }) });
    const { door } = doors.open({ one: { at, kind } });
    const reply = await door.generate(context, request);
    expect(reply).toMatchObject({ cache: 'provider', usage: { cachedInputTokens: 1_024 } });
    expect(reply.usage.costNanoUsd).toBe(billed(3_979n, 1_024n, 0n));
    expect(at.log[0]?.call.rawBody).not.toMatch(/cache_?(control|point)/i);
  });
});
