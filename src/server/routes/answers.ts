import { createRoute, z } from '@hono/zod-openapi';
import type { Between, GenerationOptions } from '../../answers/index.ts';
import { answerSchema, questionSchema, searchPageSchema, searchSchema } from '../contract/answers.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';
import { streamAnswer } from './answer-streams.ts';
import { collectionToRead } from './collection-of.ts';
import { filterOf, millisecondsOf, onlyGiven } from './wire.ts';

const answerContent = { 'application/json': { schema: answerSchema } };

const askRoute = createRoute({
  method: 'post',
  path: '/answers',
  summary: 'Ask a question; the answer quotes and cites its sources, or abstains',
  request: { body: { required: true, content: { 'application/json': { schema: questionSchema } } } },
  responses: {
    200: {
      description: 'The answer; with `stream` its events, as `GET /v1/answers/{id}/events` gives them',
      content: answerContent,
    },
    ...bodyProblems,
  },
});

const answerRoute = createRoute({
  method: 'get',
  path: '/answers/{id}',
  summary: 'An answer as it was given',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: { description: 'The answer', content: answerContent }, ...problems },
});

const searchRoute = createRoute({
  method: 'post',
  path: '/search',
  summary: 'Find passages by words and by meaning',
  request: {
    query: z.object({
      explain: z.enum(['0', '1']).optional().openapi({ description: '1: tell what each stage did with the results' }),
    }),
    body: { required: true, content: { 'application/json': { schema: searchSchema } } },
  },
  responses: {
    200: { description: 'One page of passages', content: { 'application/json': { schema: searchPageSchema } } },
    ...bodyProblems,
  },
});

function generationOf({
  policy,
  ...given
}: NonNullable<z.infer<typeof questionSchema>['generation']>): GenerationOptions {
  return { ...onlyGiven(given), ...(policy && { policy: onlyGiven(policy) }) };
}

type Moment = NonNullable<z.infer<typeof questionSchema>['between']>['from'];

function momentOf(moment: Moment): Between['from'] {
  return typeof moment === 'string' ? { at: millisecondsOf(moment) ?? Date.now() } : moment;
}

/** Asking and searching. */
export function answerRoutes(services: RouteServices) {
  const { platform } = services;
  return newApp()
    .openapi(askRoute, async (c) => {
      const body = c.req.valid('json');
      const context = services.contextOf(c.get('requestId'));
      const collection = await collectionToRead(platform, context, body.collection);
      const question = {
        collection,
        text: body.question,
        asOf: millisecondsOf(body.asOf),
        filter: filterOf(body.filter, collection),
        ...(body.earlier && { earlier: body.earlier }),
        ...(body.between && { between: { from: momentOf(body.between.from), to: momentOf(body.between.to) } }),
        ...(body.generation && { generation: generationOf(body.generation) }),
      };
      if (body.stream === true) {
        const id = platform.beginAnswer(context, question);
        // The contract says JSON; with `stream` it is a stream of events, which the description tells.
        return streamAnswer(c, services, { context, id, after: 0 }) as never;
      }
      const answer = await platform.ask(context, { ...question, signal: c.req.raw.signal });
      return c.json(answer as z.infer<typeof answerSchema>, 200);
    })
    .openapi(answerRoute, async (c) => {
      const answer = await platform.answer(services.contextOf(c.get('requestId')), c.req.valid('param').id);
      return c.json(answer as z.infer<typeof answerSchema>, 200);
    })
    .openapi(searchRoute, async (c) => {
      const body = c.req.valid('json');
      const context = services.contextOf(c.get('requestId'));
      const collection = await collectionToRead(platform, context, body.collection);
      const page = await platform.search(context, {
        collection,
        question: body.query,
        asOf: millisecondsOf(body.asOf) ?? Date.now(),
        filter: filterOf(body.filter, collection),
        limit: body.limit,
        after: body.cursor ?? null,
        signal: c.req.raw.signal,
        explain: c.req.valid('query').explain === '1',
        cache: body.cache ?? true,
        settings: { ...(body.fusion === undefined ? {} : { fusion: body.fusion }), ...onlyGiven(body.retrieval) },
      });
      return c.json(page as z.infer<typeof searchPageSchema>, 200);
    });
}
