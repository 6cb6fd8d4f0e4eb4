import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { context, failureOf, TestDoors, until } from './door-for-tests.ts';
import type { ObjectRequest } from './request.ts';

const verdict = z.object({
  verdict: z.enum(['yes', 'no']),
  score: z.number().min(0).max(1),
  reasons: z.array(z.string()),
});
const good = { verdict: 'no', score: 0.25, reasons: ['It is "late"', 'über 5 €'] };
const asked = { task: 'judge', feature: 'test', messages: [{ role: 'user', content: 'Is it on time?' }] } as const;
const request: ObjectRequest<z.infer<typeof verdict>> = { ...asked, schema: verdict };
const doors = new TestDoors();

afterEach(() => doors.close());

/** A text in pieces of seven characters. */
const inPieces = (text: string) => ({ pieces: text.match(/.{1,7}/gs) ?? [] });

describe('an object', () => {
  test.each([
    ['openai', ['json-schema']],
    ['openai', ['tools']],
    ['openai-compatible', ['json-schema']],
    ['anthropic', ['json-schema']],
    ['anthropic', ['tools']],
    ['bedrock', ['json-schema']],
    ['bedrock', ['tools']],
  ] as const)('is enforced by the provider: %s, %s', async (kind, capabilities) => {
    const at = await doors.provider();
    const { door, held } = doors.open({ one: { at, kind, capabilities } });
    const { object, repairs } = await door.object(context, request);
    expect(object).toEqual({ verdict: 'yes', score: 0, reasons: ['text'] }); // the schema's least example
    expect(repairs).toBe(0);
    expect(at.log[0]?.call.schema).toMatchObject({ type: 'object', additionalProperties: false });
    const partials: unknown[] = [];
    const streamed = await door.object(context, { ...request, partials: (partial) => partials.push(partial) });
    expect(streamed.object).toEqual(object);
    expect(partials.at(-1)).toEqual(object);
    expect(held()).toBe(0);
  });

  test('is asked for in words where nothing enforces it, and found among other words', async () => {
    const at = await doors.provider({
      reply: () => ({ pieces: ['Here: ', '```json\n', JSON.stringify(good), '\n```'] }),
    });
    const { door } = doors.open({ one: { at } });
    expect((await door.object(context, request)).object).toEqual(good);
    const content: unknown = expect.stringContaining('"verdict"');
    expect(at.log[0]?.call.body['messages']).toMatchObject([{ role: 'system', content }, { role: 'user' }]);
  });

  test('that does not fit is mended, all replies are paid for', async () => {
    const replies = ['I think not.', JSON.stringify({ ...good, score: 7 }), JSON.stringify(good)];
    const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 };
    const at = await doors.provider({ reply: ({ index }) => ({ pieces: [replies[index] ?? ''], usage }) });
    const { door, records, held } = doors.open({ one: { at } });
    const reply = await door.object(context, request);
    expect(reply).toMatchObject({ object: good, repairs: 2, usage: { inputTokens: 30, outputTokens: 15 } });
    expect(at.log[1]?.call.rawBody).toContain('The reply is not JSON.');
    expect(at.log[2]?.call.rawBody).toContain('score: Too big');
    expect(records).toMatchObject([{ outcome: 'answered', attempts: 3, usage: { inputTokens: 30 } }]);
    expect(held()).toBe(0);
  });

  test("that cannot be mended is a typed failure without the model's words, or the floor", async () => {
    const at = await doors.provider({ reply: () => ({ pieces: ['{"secret": "4711"}'] }) });
    const { door, held, records } = doors.open({ one: { at }, two: { at } });
    const failure = await failureOf(door.object(context, request));
    expect(failure).toMatchObject({ code: 'model.object-invalid', details: { model: 'one', repairs: 2 } });
    expect(String(failure)).not.toContain('4711');
    expect(at.log).toHaveLength(3);
    expect(records).toMatchObject([{ outcome: 'failed', errorCode: 'model.object-invalid', attempts: 3 }]);
    const none = await failureOf(door.object(context, { ...request, repairs: 0 }));
    expect(none).toMatchObject({ details: { repairs: 0 } });
    const byRule = await door.object(context, { ...request, floor: () => ({ ...good, verdict: 'no' as const }) });
    expect(byRule).toMatchObject({ source: 'floor', object: { verdict: 'no' } });
    expect(held()).toBe(0);
  });

  test('comes in parts that only grow, then whole', async () => {
    const at = await doors.provider({ reply: () => inPieces(JSON.stringify(good)) });
    const { door } = doors.open({ one: { at } });
    const partials: Partial<typeof good>[] = [];
    const { object } = await door.object(context, { ...request, partials: (one) => partials.push(one as typeof good) });
    expect(object).toEqual(good);
    expect(partials.length).toBeGreaterThan(5);
    expect(partials.at(-1)).toEqual(good);
    const lengths = partials.map((one) => JSON.stringify(one).length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
  });

  test('whose stream breaks off is taken from the next model', async () => {
    const reply = () => inPieces(JSON.stringify(good));
    const bad = await doors.provider({ reply, fault: () => ({ kind: 'drop', afterFrames: 3 }) });
    const next = await doors.provider({ reply });
    const { door, held } = doors.open({ bad: { at: bad, limits: { attempts: 1 } }, next: { at: next } });
    const rule = { ...request, task: 'answer', partials: () => undefined };
    expect(await door.object(context, rule)).toMatchObject({ object: good, model: 'next', tried: [{ model: 'bad' }] });
    expect(held()).toBe(0);
    await until(() => bad.connections() === 0);
  });

  test('gets its values back before it is checked', async () => {
    const at = await doors.provider({ reply: () => ({ pieces: ['{"to": "<EMAIL_1>"}'] }) });
    const { door } = doors.open({ one: { at } }, { personalData: 'pseudonymise' });
    const messages = [{ role: 'user', content: 'Whom do I write to? jane.roe@example.org' }] as const;
    const reply = await door.object(context, { ...asked, messages, schema: z.object({ to: z.email() }) });
    expect(reply.object).toEqual({ to: 'jane.roe@example.org' });
    // A value that is refused does not go out in the complaint, whatever the schema's own message says of it.
    const picky = z.object({ to: z.string().refine(() => false, { error: (issue) => `not ${String(issue.input)}` }) });
    await failureOf(door.object(context, { ...asked, messages, schema: picky }));
    expect(at.log.some(({ call }) => call.rawBody.includes('does not fit'))).toBe(true);
    expect(at.log.some(({ call }) => call.rawBody.includes('jane.roe'))).toBe(false);
  });

  test('may be a list or a word: providers get them wrapped', async () => {
    const at = await doors.provider();
    const { door } = doors.open({ one: { at, kind: 'openai', capabilities: ['json-schema'] } });
    const list = await door.object(context, { ...asked, schema: z.array(z.number()) });
    expect(list.object).toEqual([1]);
    expect(at.log[0]?.call.schema).toMatchObject({ type: 'object', required: ['value'] });
    const word = await door.object(context, { ...asked, schema: z.enum(['red', 'green']) });
    expect(word.object).toBe('red');
    await door.object(context, { ...asked, schema: z.object({ a: z.string().optional() }) });
    const formats = at.log.map(({ call }) => call.body['response_format']);
    expect(formats).toMatchObject([{ json_schema: { strict: true } }, {}, { json_schema: { strict: false } }]);
  });
});
