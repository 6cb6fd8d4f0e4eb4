import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { context, failureOf, TestDoors } from '../door/door-for-tests.ts';

const doors = new TestDoors();

afterEach(() => doors.close());

const asked = {
  task: 'answer',
  feature: 'test',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How many days?' },
  ],
} as const;
const usage = { inputTokens: 123, cachedInputTokens: 20, outputTokens: 45 };
const used = { inputTokens: 123, cachedInputTokens: 20, outputTokens: 45, estimated: false };
const kinds = ['openai', 'azure', 'anthropic', 'google', 'bedrock', 'openai-compatible'] as const;
const tool = {
  name: 'weather',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;

async function readAll(text: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  return pieces;
}

describe.each(kinds)('%s, through its SDK, over the wire', (kind) => {
  test('one reply and a stream say the same, with what they used', async () => {
    const at = await doors.provider({ reply: () => ({ pieces: ['Twenty', '-five', '.'], usage }) });
    const { door } = doors.open({ one: { at, kind } });
    expect(await door.generate(context, asked)).toMatchObject({ text: 'Twenty-five.', finish: 'stop', usage: used });
    const { text, reply } = door.stream(context, asked);
    expect(await readAll(text)).toEqual(['Twenty', '-five', '.']);
    expect(await reply).toMatchObject({ text: 'Twenty-five.', finish: 'stop', usage: used });
    expect(at.log.map(({ call }) => [call.model, call.stream])).toEqual([
      ['one', false],
      ['one', true],
    ]);
  });

  test('a tool is asked for', async () => {
    const at = await doors.provider({
      reply: () => ({ pieces: [], toolCalls: [{ name: 'weather', input: { city: 'Ulm' } }] }),
    });
    const { door } = doors.open({ one: { at, kind, capabilities: ['tools'] } });
    const request = { ...asked, tools: [tool] };
    const call = { name: 'weather', input: { city: 'Ulm' } };
    expect(await door.generate(context, request)).toMatchObject({ toolCalls: [call], finish: 'tool-calls' });
    const streamed = door.stream(context, request);
    for await (const _ of streamed.text);
    expect(await streamed.reply).toMatchObject({ toolCalls: [call], finish: 'tool-calls' });
  });

  test.each(['json-schema', 'tools'] as const)('an object is held to its schema by %s', async (capability) => {
    const at = await doors.provider();
    const { door } = doors.open({ one: { at, kind, capabilities: [capability] } });
    const schema = z.object({ verdict: z.enum(['yes', 'no']), reasons: z.array(z.string()) });
    const { object } = await door.object(context, { ...asked, schema });
    expect(object).toEqual({ verdict: 'yes', reasons: ['text'] });
    expect(at.log.map(({ call }) => call.schema)).toMatchObject([{ properties: { verdict: {} } }]);
  });

  test('a stream that breaks off, a refusal, too many requests: each has its code', async () => {
    const faults = [
      { kind: 'drop', afterFrames: 2 },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 429, retryAfter: '7' },
    ] as const;
    const at = await doors.provider({
      reply: () => ({ pieces: ['a', 'b', 'c'] }),
      fault: ({ index }) => faults[index],
    });
    const { door } = doors.open({ one: { at, kind, limits: { attempts: 1 } } });
    const codes: string[] = [];
    for (const _ of faults) {
      const failure = (await failureOf(readAll(door.stream(context, asked).text))) as {
        code: string;
        details: { last?: string };
      };
      codes.push(failure.details.last ?? failure.code);
    }
    expect(codes[0]).toMatch(/^model\.(interrupted|malformed-reply)$/);
    expect(codes.slice(1)).toEqual(['model.unauthorised', 'model.rate-limited']);
  });
});

test.each(['openai', 'azure', 'google', 'bedrock', 'openai-compatible'] as const)('%s embeds', async (kind) => {
  const at = await doors.provider();
  const { door } = doors.open({ one: { at, kind, does: 'embedding' } });
  const { vectors } = await door.embed(context, { feature: 'test', texts: ['abc', 'a'] });
  expect(vectors.map(([first = 0]) => first.toFixed(4))).toEqual(['0.9487', '0.7071']);
});

test.each(['bedrock', 'openai-compatible'] as const)('%s reranks', async (kind) => {
  const at = await doors.provider();
  const { door, records } = doors.open({ one: { at, kind, does: 'rerank' } });
  const documents = ['a whale', 'rent', 'the blue whale'];
  const { ranking } = await door.rerank(context, { feature: 'test', query: 'blue whale', documents, topN: 2 });
  expect(ranking).toEqual([
    { index: 2, score: 1 },
    { index: 0, score: 0.5 },
  ]);
  // Amazon's format has no place for tokens.
  expect(records).toMatchObject([{ task: 'rerank', usage: { estimated: kind === 'bedrock' } }]);
});
