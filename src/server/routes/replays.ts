import { createRoute, z } from '@hono/zod-openapi';
import { answerSchema } from '../contract/answers.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { comparisonSchema, replayChoicesSchema, replaySchema } from '../contract/replays.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';
import { onlyGiven } from './wire.ts';

const params = z.object({ id: z.string() });

const replayRoute = createRoute({
  method: 'post',
  path: '/answers/{id}/replay',
  summary: 'Answer the question of a kept answer again, as then, with another prompt or model',
  request: { params, body: { required: true, content: { 'application/json': { schema: replaySchema } } } },
  responses: {
    200: { description: 'A new answer', content: { 'application/json': { schema: answerSchema } } },
    ...bodyProblems,
  },
});

const choicesRoute = createRoute({
  method: 'get',
  path: '/answers/{id}/replay',
  summary: 'With which prompts and models a kept answer can be made again',
  request: { params },
  responses: {
    200: {
      description: 'Both empty: no model is declared',
      content: { 'application/json': { schema: replayChoicesSchema } },
    },
    ...problems,
  },
});

const compareRoute = createRoute({
  method: 'get',
  path: '/answers/{id}/compare',
  summary: 'Compare two kept answers claim by claim',
  request: { params, query: z.object({ with: z.string().openapi({ description: 'Id of the later answer' }) }) },
  responses: {
    200: { description: 'Each claim of both', content: { 'application/json': { schema: comparisonSchema } } },
    ...problems,
  },
});

/** Making answers again, and comparing them. */
export function replayRoutes(services: RouteServices) {
  const { kept } = services.platform;
  return newApp()
    .openapi(replayRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const given = { id: c.req.valid('param').id, ...onlyGiven(c.req.valid('json')), signal: c.req.raw.signal };
      const answer = await kept.replay(context, given);
      return c.json(answer as z.infer<typeof answerSchema>, 200);
    })
    .openapi(choicesRoute, async (c) => {
      const choices = await kept.replayChoices(services.contextOf(c.get('requestId')), c.req.valid('param').id);
      return c.json(choices as z.infer<typeof replayChoicesSchema>, 200);
    })
    .openapi(compareRoute, async (c) => {
      const ids = { before: c.req.valid('param').id, after: c.req.valid('query').with };
      const compared = await kept.compare(services.contextOf(c.get('requestId')), ids);
      return c.json(compared as z.infer<typeof comparisonSchema>, 200);
    });
}
