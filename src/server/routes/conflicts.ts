import { createRoute, z } from '@hono/zod-openapi';
import { conflictEntrySchema, conflictQuerySchema, feedbackSchema, resolutionSchema } from '../contract/conflicts.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';

const byId = z.object({ id: z.string() });

const listRoute = createRoute({
  method: 'get',
  path: '/conflicts',
  summary: 'Sources that disagree, as answers came upon them, newest first',
  request: { query: conflictQuerySchema },
  responses: {
    200: {
      description: 'One page',
      content: {
        'application/json': {
          schema: z.object({ items: z.array(conflictEntrySchema), nextCursor: z.string().nullable() }),
        },
      },
    },
    ...problems,
  },
});

const resolveRoute = createRoute({
  method: 'post',
  path: '/conflicts/{id}/resolve',
  summary: 'Note what was decided about a conflict',
  request: { params: byId, body: { required: true, content: { 'application/json': { schema: resolutionSchema } } } },
  responses: {
    200: { description: 'The conflict', content: { 'application/json': { schema: conflictEntrySchema } } },
    ...bodyProblems,
  },
});

const feedbackRoute = createRoute({
  method: 'post',
  path: '/answers/{id}/feedback',
  summary: 'Say what you think of an answer: a thumb, a corrected text, a wrong citation',
  request: { params: byId, body: { required: true, content: { 'application/json': { schema: feedbackSchema } } } },
  responses: {
    201: { description: 'Kept', content: { 'application/json': { schema: z.object({ id: z.uuid() }) } } },
    ...bodyProblems,
  },
});

/** What people decide about answers: conflicts between sources, and feedback. */
export function conflictRoutes(services: RouteServices) {
  const { platform } = services;
  return newApp()
    .openapi(listRoute, async (c) => {
      const { state, cursor, limit } = c.req.valid('query');
      const query = { state: state === 'all' ? null : state, before: cursor ?? null, limit };
      const items = await platform.kept.conflicts(services.contextOf(c.get('requestId')), query);
      const nextCursor = items.length === limit ? (items.at(-1)?.id ?? null) : null;
      return c.json({ items: items as z.infer<typeof conflictEntrySchema>[], nextCursor }, 200);
    })
    .openapi(resolveRoute, async (c) => {
      const given = { id: c.req.valid('param').id, ...c.req.valid('json') };
      const resolved = await platform.kept.resolveConflict(services.contextOf(c.get('requestId')), given);
      return c.json(resolved as z.infer<typeof conflictEntrySchema>, 200);
    })
    .openapi(feedbackRoute, async (c) => {
      const { rating, correctedText, wrongCitation, note } = c.req.valid('json');
      const feedback = {
        rating,
        correctedText: correctedText ?? null,
        wrongCitation: wrongCitation ?? null,
        note: note ?? null,
      };
      const answerId = c.req.valid('param').id;
      const id = await platform.kept.keepFeedback(services.contextOf(c.get('requestId')), { answerId, feedback });
      return c.json({ id }, 201);
    });
}
