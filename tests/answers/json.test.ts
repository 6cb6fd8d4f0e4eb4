/** Answers as JSON by a caller's schema, and lists and tables without a model: through the platform, the API and OpenAI's client. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/index.ts';
import { createFixedEmbedder, startTestProvider, type TestProvider } from '../../src/testing.ts';
import { startTestServer, type TestServer } from '../server/test-server.ts';
import { declaredModel } from './declared-model.ts';

const TEXT =
  '# Leave\n\nA full-time employee has 27 days of paid annual leave. Ask Jana Novak for it. Leave is not paid out.\n';
const SCHEMA = {
  type: 'object',
  properties: {
    days: { type: 'integer' },
    contact: { type: ['string', 'null'] },
    paidOut: { type: 'boolean' },
    notes: { type: 'array', items: { type: 'string' } },
  },
  required: ['days', 'contact'],
  additionalProperties: false,
};
const QUESTION = 'How many days of paid annual leave does a full-time employee have?';
const DAYS = claim('/days', 'A full-time employee has 27 days of paid annual leave.');
const CONTACT = claim('/contact', 'Ask Jana Novak for it.');
const GOOD = said({ days: 27, contact: 'Jana Novak' }, [DAYS, CONTACT]);

let provider: TestProvider;
let server: TestServer;
/** What the model says next, in order; the last one again and again. */
let script: string[] = [];
const prompts: string[] = [];

function claim(pointer: string, statement: string, passage = 1): object {
  return { pointer, statement, passages: [passage] };
}

function said(answer: object | null, claims: readonly object[], missing: string | null = null): string {
  return JSON.stringify({ answer, missing, claims });
}

beforeAll(async () => {
  provider = await startTestProvider({
    reply: ({ rawBody }) => {
      prompts.push(rawBody);
      return { pieces: [(script.length > 1 ? script.shift() : script[0]) ?? ''] };
    },
  });
  server = await startTestServer({}, createFixedEmbedder({}));
  server.ready();
  await server.upload('leave.md', TEXT);
  await server.platform.ingest.idle(server.platform.localContext());
}, 120_000);

afterAll(async () => {
  await server.dispose();
  await provider.close();
});

async function ask(generation: object): Promise<Answer> {
  const { json } = await server.asOwner('POST', '/v1/answers', { question: QUESTION, generation });
  return json as Answer;
}

describe('without a model', () => {
  it('refuses JSON and says what to do, also to OpenAI’s client', async () => {
    const refused = await server.asOwner('POST', '/v1/answers', {
      question: QUESTION,
      generation: { format: 'json', schema: SCHEMA },
    });
    expect(refused).toMatchObject({ status: 400, json: { code: 'format.needs-model' } });
    expect(refused.json.detail).toContain('models.json');
    const client = new OpenAI({ baseURL: `${server.address}/v1`, apiKey: server.token, maxRetries: 0 });
    for (const stream of [false, true]) {
      const call = client.chat.completions.create({ ...asked(), stream });
      await expect(call).rejects.toMatchObject({ status: 400, code: 'format.needs-model' });
    }
  });

  it('refuses a format and a schema that do not go together', async () => {
    for (const generation of [
      { format: 'json' },
      { schema: SCHEMA },
      { format: 'json', schema: SCHEMA, prompt: 'answer@2' },
      { prompt: 'object@1' },
    ])
      expect(await ask(generation)).toMatchObject({ code: 'format.unfit' });
    expect(await ask({ format: 'json', schema: { type: 'string', pattern: 'x' } })).toMatchObject({
      code: 'format.schema-refused',
    });
  });

  it('gives the quoted sentences as a list or a table', async () => {
    const list = await ask({ format: 'list' });
    expect(list.kind).toBe('extractive');
    expect(list.text.split('\n')[0]).toBe('- A full-time employee has 27 days of paid annual leave.');
    const table = await ask({ format: 'table' });
    expect(table.text.split('\n').slice(0, 3)).toEqual([
      '| What the sources say | Source |',
      '|---|---|',
      '| A full-time employee has 27 days of paid annual leave. | Leave |',
    ]);
    expect(table.sentences).toEqual(list.sentences);
    const choices = await server.asOwner('GET', `/v1/answers/${table.id}/replay`);
    expect(choices.json).toEqual({ prompts: [], models: [] });
  });
});

function asked() {
  const json_schema = { name: 'leave', schema: SCHEMA, strict: true };
  return {
    model: 'documents',
    messages: [{ role: 'user' as const, content: QUESTION }],
    response_format: { type: 'json_schema' as const, json_schema },
  };
}

describe('with a model', () => {
  let other: TestServer;
  const askJson = async (replies: string[], policy: object = {}): Promise<Answer> => {
    script = replies;
    prompts.length = 0;
    const generation = { format: 'json', schema: SCHEMA, policy };
    const reply = await other.asOwner('POST', '/v1/answers', { question: QUESTION, generation });
    return reply.json as Answer;
  };

  beforeAll(async () => {
    const models = join(server.home, 'some-models.json');
    await writeFile(models, JSON.stringify(declaredModel(provider.url, 5_000)));
    other = await startTestServer({ PLUMB_MODELS: models }, createFixedEmbedder({}));
    other.ready();
    await other.upload('leave.md', TEXT);
    await other.platform.ingest.idle(other.platform.localContext());
  }, 120_000);
  afterAll(() => other.dispose());

  it('checks each value as a claim and cites it by its place', async () => {
    const answer = await askJson([GOOD]);
    expect(answer).toMatchObject({ kind: 'generated', record: { prompt: 'object@1', model: 'test' } });
    expect(answer.object?.value).toEqual({ days: 27, contact: 'Jana Novak' });
    expect(JSON.parse(answer.text)).toEqual(answer.object?.value);
    expect(answer.object?.leaves.map(({ pointer }) => pointer)).toEqual(['/days', '/contact']);
    for (const { sentence, start, end } of answer.object?.leaves ?? []) {
      expect(['supported', 'quoted']).toContain(answer.sentences[sentence]?.verdict);
      const [cited] = answer.sentences[sentence]?.citations ?? [];
      expect(answer.citations[cited ?? -1]?.quote).toContain(answer.sentences[sentence]?.text);
      expect(['27', '"Jana Novak"']).toContain(answer.text.slice(start, end));
    }
    expect((await other.asOwner('GET', `/v1/answers/${answer.id}`)).json).toEqual(answer);
  });

  it('can be made again with the prompts that write it', async () => {
    const { id } = await askJson([GOOD]);
    const choices = await other.asOwner('GET', `/v1/answers/${id}/replay`);
    expect(choices).toMatchObject({ status: 200, json: { prompts: ['object@1'], models: ['test'] } });
    const again = await other.asOwner('POST', `/v1/answers/${id}/replay`, { prompt: 'object@1' });
    expect(again.json.object.value).toEqual({ days: 27, contact: 'Jana Novak' });
    expect(await other.asOwner('POST', `/v1/answers/${id}/replay`, { prompt: 'answer@2' })).toMatchObject({
      status: 400,
      json: { code: 'format.unfit' },
    });
  });

  it('asks again with what failed', async () => {
    const wrong = said({ days: 90, contact: null }, [
      claim('/days', 'A full-time employee has 90 days of paid annual leave.'),
    ]);
    const answer = await askJson([wrong, GOOD]);
    expect(answer.object?.value).toEqual({ days: 27, contact: 'Jana Novak' });
    expect(prompts[1]).toContain('- /days');
  });

  it('leaves out, marks or withholds what no passage carries', async () => {
    const reply = said({ days: 27, contact: 'Petr Novak', notes: ['Jana Novak', 'Dogs are welcome in all offices.'] }, [
      DAYS,
      claim('/contact', 'Ask Jana Novak for it.'),
      claim('/notes/0', 'Ask Jana Novak for it.'),
      claim('/notes/1', 'Dogs are welcome in all offices.'),
    ]);
    const dropped = await askJson([reply], { repair: false });
    expect(dropped.object?.value).toEqual({ days: 27, contact: null, notes: ['Jana Novak'] });
    expect(dropped.object?.leaves.map(({ pointer }) => pointer)).toEqual(['/days', '/notes/0']);
    const marked = await askJson([reply], { repair: false, unsupported: 'mark' });
    expect(marked.sentences.map(({ verdict }) => verdict === 'unverified')).toEqual([false, true, false, true]);
    expect(await askJson([reply], { repair: false, unsupported: 'withhold' })).toMatchObject({
      kind: 'abstained',
      text: '',
    });
    const bare = await askJson([said({ days: 27, contact: null }, [])], { repair: false });
    expect(bare).toMatchObject({ kind: 'abstained', text: '' });
    expect(bare.reason).toContain('/days');
  });

  it('calls a yes or no the model’s reading', async () => {
    const yes = said({ days: 27, contact: null, paidOut: false }, [DAYS, claim('/paidOut', 'Leave is not paid out.')]);
    const answer = await askJson([yes]);
    expect(answer.object?.value).toMatchObject({ paidOut: false });
    expect(answer.sentences[1]).toMatchObject({ verdict: 'partly', reason: expect.stringContaining('reading') });
  });

  it('gives nothing where the model finds no answer, cites what is not there, or gives no JSON', async () => {
    expect(await askJson([said(null, [], 'A table of leave is missing.')])).toMatchObject({
      kind: 'abstained',
      reason: 'A table of leave is missing.',
    });
    const invented = await askJson([said({ days: 27, contact: null }, [claim('/days', 'x', 7)])]);
    expect(invented).toMatchObject({
      kind: 'abstained',
      text: '',
      record: { unheard: { code: 'citation.unknown-source' } },
    });
    expect(await askJson(['No JSON at all.'])).toMatchObject({
      kind: 'abstained',
      record: { unheard: { code: 'model.object-invalid' } },
    });
  });

  it('streams the whole of it, as it is stored', async () => {
    script = [GOOD];
    const body = { question: `${QUESTION} `, stream: true, generation: { format: 'json', schema: SCHEMA } };
    const { text } = await other.asOwner('POST', '/v1/answers', body);
    const events = [...text.matchAll(/event: (.+)\ndata: (.+)\n/g)].map(([, type, data]) => ({
      type,
      data: JSON.parse(data ?? ''),
    }));
    const words = events.filter(({ type }) => type === 'text.added').map(({ data }) => data.text);
    const { answer } = events.at(-1)?.data ?? {};
    expect(words.join('')).toBe(answer.text);
    expect(answer.object.value).toEqual({ days: 27, contact: 'Jana Novak' });
  });

  it('is what OpenAI’s client asks for with a schema; what is none is a refusal', async () => {
    const client = new OpenAI({ baseURL: `${other.address}/v1`, apiKey: other.token, maxRetries: 0 });
    script = [GOOD];
    const whole = (await client.chat.completions.create(asked())).choices[0];
    expect(JSON.parse(whole?.message.content ?? '')).toEqual({ days: 27, contact: 'Jana Novak' });
    const cited = (whole?.message.annotations ?? []).map(({ url_citation: { start_index, end_index } }) =>
      whole?.message.content?.slice(start_index, end_index),
    );
    expect(cited).toEqual(['27', '"Jana Novak"']);
    const streamed = await client.chat.completions.stream({ ...asked() }).finalChatCompletion();
    expect(JSON.parse(streamed.choices[0]?.message.content ?? '')).toEqual({ days: 27, contact: 'Jana Novak' });
    script = [said(null, [], 'Nothing says so.')];
    const refused = (await client.chat.completions.create(asked())).choices[0];
    expect(refused?.message).toMatchObject({ content: null, refusal: expect.stringContaining('Nothing says so.') });
    const refusedStream = await client.chat.completions.stream({ ...asked() }).finalChatCompletion();
    expect(refusedStream.choices[0]?.message.refusal).toContain('Nothing says so.');
  });
});
