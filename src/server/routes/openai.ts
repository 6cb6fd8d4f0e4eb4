import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { TenantContext } from '../../base/index.ts';
import type { NumberedEvent } from '../../answers/index.ts';
import { ChunkMaker } from '../openai/chunk-maker.ts';
import { type Asked, completionOf } from '../openai/completion.ts';
import {
  type ChatChunk,
  chatCompletionSchema,
  chatRequestSchema,
  modelSchema,
  openAiProblems,
} from '../openai/contract.ts';
import { openAiError } from '../openai/error-body.ts';
import { AnswerChanged, AnswerFailure } from '../openai/failures.ts';
import { generationOf, maxTokensOf, questionOf, stopsOf } from '../openai/question-of.ts';
import { newApp } from '../new-app.ts';
import { NotServing } from '../request-refused.ts';
import type { RouteServices, ServerEnv } from '../server-env.ts';
import { KEEP_ALIVE_MS } from './answer-streams.ts';
import { filterOf, millisecondsOf } from './wire.ts';

const chatRoute = createRoute({
  method: 'post',
  path: '/chat/completions',
  summary: 'Ask as one asks OpenAI: each collection is a model, citations are annotations',
  request: { body: { required: true, content: { 'application/json': { schema: chatRequestSchema } } } },
  responses: {
    200: {
      description: 'The completion; with `stream` its chunks as server-sent events, then `[DONE]`',
      content: { 'application/json': { schema: chatCompletionSchema } },
    },
    ...openAiProblems,
  },
});

const modelsRoute = createRoute({
  method: 'get',
  path: '/models',
  summary: 'The collections, as OpenAI lists models',
  responses: {
    200: {
      description: 'All of them',
      content: {
        'application/json': { schema: z.object({ object: z.literal('list'), data: z.array(modelSchema) }) },
      },
    },
    ...openAiProblems,
  },
});

const modelRoute = createRoute({
  method: 'get',
  path: '/models/{model}',
  summary: 'One collection, as OpenAI shows a model',
  request: { params: z.object({ model: z.string() }) },
  responses: {
    200: { description: 'The model', content: { 'application/json': { schema: modelSchema } } },
    ...openAiProblems,
  },
});

/** Asking in the words of OpenAI's API, so that its clients can be pointed here. */
export function openAiRoutes(services: RouteServices) {
  const { platform } = services;
  return newApp()
    .openapi(chatRoute, async (c) => {
      const body = c.req.valid('json');
      const context = services.contextOf(c.get('requestId'));
      const maxTokens = maxTokensOf(body);
      const collection = await platform.ingest.collection(context, body.model);
      const question = {
        ...questionOf(body),
        collection,
        asOf: millisecondsOf(body.plumbline?.asOf),
        filter: filterOf(body.plumbline?.filter, collection),
        ...generationOf(body),
      };
      const address = new URL(c.req.url).origin;
      const json = body.response_format?.type === 'json_schema';
      const asked = { model: body.model, address, stops: stopsOf(body), maxTokens, json, at: Date.now() };
      if (body.stream === true) {
        const withUsage = body.stream_options?.include_usage === true;
        const id = platform.beginAnswer(context, question);
        // The contract says JSON; with `stream` it is a stream of events, which the description tells.
        return streamChunks(c, services, { context, id, asked: { ...asked, withUsage } }) as never;
      }
      const answer = await platform.ask(context, { ...question, signal: c.req.raw.signal });
      return c.json(completionOf(answer, asked), 200);
    })
    .openapi(modelsRoute, async (c) => {
      const collections = await platform.ingest.collections(services.contextOf(c.get('requestId')));
      return c.json({ object: 'list' as const, data: collections.map(modelOf) }, 200);
    })
    .openapi(modelRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      return c.json(modelOf(await platform.ingest.collection(context, c.req.valid('param').model)), 200);
    });
}

/** When a collection was made is in its id, a UUIDv7 (RFC 9562 §5.7: the first 48 bits are milliseconds since 1970). */
function modelOf({ id, name }: { readonly id: string; readonly name: string }): z.infer<typeof modelSchema> {
  const milliseconds = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
  return { id: name, object: 'model', created: Math.floor(milliseconds / 1000), owned_by: 'plumbline' };
}

interface Streamed {
  readonly context: TenantContext;
  readonly id: string;
  readonly asked: Asked & { readonly withUsage: boolean };
}

/** Sends an answer's events as chunks. Who leaves cannot come back to them: then the answer is stopped. */
async function streamChunks(c: Context<ServerEnv>, services: RouteServices, given: Streamed): Promise<Response> {
  const { context, id, asked } = given;
  const { streams } = services.platform;
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, services.stopping]);
  const leave = (): void => left.abort();
  c.req.raw.signal.addEventListener('abort', leave, { once: true });
  left.signal.addEventListener('abort', () => void streams.stop(context, id).catch(() => undefined), { once: true });
  const events = streams.follow(context, { id, after: 0, signal });
  const first = await firstWords(events);
  return streamSSE(c, async (stream) => {
    stream.onAbort(leave);
    const alive = setInterval(() => void stream.write(': alive\n\n').catch(leave), KEEP_ALIVE_MS);
    const maker = new ChunkMaker(id, asked);
    try {
      for await (const part of partsOf(maker, rejoined(first, events)))
        await stream.write(`data: ${JSON.stringify(part)}\n\n`);
      await stream.write('data: [DONE]\n\n');
    } catch (error) {
      const { body } = openAiError(error, { id: c.get('requestId'), origin: undefined });
      await stream.write(`data: ${JSON.stringify(body)}\n\n`);
    } finally {
      clearInterval(alive);
      c.req.raw.signal.removeEventListener('abort', leave);
    }
  });
}

/** @throws AnswerFailure, AnswerChanged, NotServing when the events end before the answer does */
async function* partsOf(maker: ChunkMaker, events: AsyncIterable<NumberedEvent>): AsyncGenerator<ChatChunk> {
  yield maker.first();
  for await (const event of events) {
    if (event.type === 'answer.failed') throw new AnswerFailure(event.data);
    const chunks = maker.next(event);
    if (chunks === null) throw new AnswerChanged();
    yield* chunks;
    if (event.type === 'answer.completed') return;
  }
  throw new NotServing('stopping');
}

/** The first event that says more than that the question was taken: until then a failure can still be a status. */
async function firstWords(events: AsyncGenerator<NumberedEvent>): Promise<IteratorResult<NumberedEvent>> {
  await events.next();
  const first = await events.next();
  if (first.done !== true && first.value.type === 'answer.failed') throw new AnswerFailure(first.value.data);
  return first;
}

async function* rejoined(
  first: IteratorResult<NumberedEvent>,
  rest: AsyncIterable<NumberedEvent>,
): AsyncGenerator<NumberedEvent> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
