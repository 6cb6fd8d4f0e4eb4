import { createRoute, z } from '@hono/zod-openapi';
import { dataClasses } from '../../guard/index.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';

const dataClass = z.enum(dataClasses).openapi({ description: '`private` goes to private models only' });

/** `GET /v1/collections/{name}/privacy` */
export const declaredCollectionSchema = z
  .object({
    name: z.string(),
    declared: dataClass.nullable(),
    effective: dataClass.openapi({
      description: 'The strictest of installation, organisation and collection: what counts',
    }),
  })
  .openapi('DeclaredCollection');

/** `GET /v1/privacy` */
export const privacySchema = z
  .object({
    installation: dataClass.openapi({ description: 'Of everything here, by models.json' }),
    organisation: dataClass
      .nullable()
      .openapi({ description: 'Of everything the organisation has; null: not declared' }),
    collections: z.array(declaredCollectionSchema),
  })
  .openapi('DeclaredPrivacy');

const declarationSchema = z
  .strictObject({ dataClass: z.enum(dataClasses).nullable() })
  .openapi('Declaration', { example: { dataClass: 'private' } });

const all = { 'application/json': { schema: privacySchema } };
const one = { 'application/json': { schema: declaredCollectionSchema } };
const body = { required: true, content: { 'application/json': { schema: declarationSchema } } };

const showRoute = createRoute({
  method: 'get',
  path: '/privacy',
  summary: 'What organisation and collections declare their material to be',
  responses: { 200: { description: 'What is declared, and what counts', content: all }, ...problems },
});

const declareRoute = createRoute({
  method: 'put',
  path: '/privacy',
  summary:
    'Declare what all the organisation’s material is; null takes it back. What is stricter counts everywhere when this answers',
  request: { body },
  responses: { 200: { description: 'What is declared now', content: all }, ...bodyProblems },
});

const path = '/collections/{name}/privacy';
const params = z.object({ name: z.string() });

const showCollectionRoute = createRoute({
  method: 'get',
  path,
  summary: 'What a collection is declared to be, and what counts',
  request: { params },
  responses: { 200: { description: 'The collection', content: one }, ...problems },
});

const declareCollectionRoute = createRoute({
  method: 'put',
  path,
  summary: 'Declare what a collection’s documents, and questions about them, are; null takes it back',
  request: { params, body },
  responses: { 200: { description: 'The collection now', content: one }, ...bodyProblems },
});

/** What is declared private, by organisation and collection. */
export function privacyRoutes(services: RouteServices) {
  const { privacy } = services.platform;
  const shown = async (requestId: string): Promise<z.infer<typeof privacySchema>> => {
    const { collections, ...rest } = await privacy.show(services.contextOf(requestId));
    return { ...rest, collections: [...collections] };
  };
  return newApp()
    .openapi(showRoute, async (c) => c.json(await shown(c.get('requestId')), 200))
    .openapi(declareRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      await privacy.declare(context, { collection: null, ...c.req.valid('json') });
      return c.json(await shown(c.get('requestId')), 200);
    })
    .openapi(showCollectionRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      return c.json(await privacy.showCollection(context, c.req.valid('param').name), 200);
    })
    .openapi(declareCollectionRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = c.req.valid('param').name;
      await privacy.declare(context, { collection, ...c.req.valid('json') });
      return c.json(await privacy.showCollection(context, collection), 200);
    });
}
