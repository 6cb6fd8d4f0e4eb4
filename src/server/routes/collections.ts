import { createRoute, z } from '@hono/zod-openapi';
import { fieldsSchema, policySchema, retrievalSchema } from '../contract/answers.ts';
import { collectionSchema, comparisonSchema, progressSchema } from '../contract/documents.ts';
import { bodyProblems, problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import type { RouteServices } from '../server-env.ts';
import { collectionOnWire, onlyGiven } from './wire.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/collections',
  summary: 'All collections with their sizes',
  responses: {
    200: {
      description: 'The collections by name',
      content: { 'application/json': { schema: z.object({ items: z.array(collectionSchema) }) } },
    },
    ...problems,
  },
});

const createCollection = createRoute({
  method: 'post',
  path: '/collections',
  summary: 'Make a collection; one that exists stays as it is',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ name: z.string().openapi({ example: 'contracts' }) }) },
      },
    },
  },
  responses: {
    200: {
      description: 'The collection',
      content: { 'application/json': { schema: z.object({ id: z.uuid(), name: z.string() }) } },
    },
    ...bodyProblems,
  },
});

const named = z.object({ name: z.string() });

const progressRoute = createRoute({
  method: 'get',
  path: '/collections/{name}/index',
  summary: 'How far a collection’s chunks have come into the index',
  request: { params: named },
  responses: {
    200: { description: 'Counts of chunks', content: { 'application/json': { schema: progressSchema } } },
    ...problems,
  },
});

const checkRoute = createRoute({
  method: 'get',
  path: '/collections/{name}/check',
  summary: 'Compare a collection’s index with the store',
  request: { params: named },
  responses: {
    200: {
      description: 'Where they differ; all zero: equal',
      content: { 'application/json': { schema: z.object({ text: comparisonSchema, vectors: comparisonSchema }) } },
    },
    ...problems,
  },
});

const reindexRoute = createRoute({
  method: 'post',
  path: '/collections/{name}/reindex',
  summary: 'Build a collection’s index anew from the store',
  request: { params: named },
  responses: {
    202: { description: 'It has begun', content: { 'application/json': { schema: progressSchema } } },
    ...problems,
  },
});

const retrievalContent = { 'application/json': { schema: retrievalSchema } };

const retrievalRoute = createRoute({
  method: 'put',
  path: '/collections/{name}/retrieval',
  summary: 'Set how a collection is searched unless a request says otherwise; {} sets the defaults',
  request: { params: named, body: { required: true, content: retrievalContent } },
  responses: { 200: { description: 'What is set now', content: retrievalContent }, ...bodyProblems },
});

/** `POST /v1/collections/{name}/retrieval/fit` */
export const fittedSchema = z
  .object({
    current: z.number().openapi({ description: 'What the cosine weighs now' }),
    weight: z.number().openapi({ description: 'What was best on all questions' }),
    before: z.number().openapi({ description: 'nDCG at 10 with the current weight' }),
    heldOut: z.number().openapi({ description: 'The same with weights chosen on other questions than those measured' }),
    gainLow: z.number().openapi({ description: 'Lower end of the 95 % interval of the difference' }),
    isBetter: z.boolean().openapi({ description: 'Whether it is better for sure' }),
    questions: z.number().int(),
    isSet: z.boolean().openapi({ description: 'Whether the collection uses it now' }),
  })
  .openapi('FittedWeight');

const judgedContent = {
  'application/json': {
    schema: z.strictObject({
      judged: z
        .array(
          z.strictObject({
            question: z.string().min(1).max(4000),
            relevant: z.array(z.string().min(1).max(2000)).min(1).max(100),
          }),
        )
        .max(500),
      set: z.boolean().default(false).openapi({ description: 'Use the weight from now on, if it is better for sure' }),
    }),
  },
};

const fitRoute = createRoute({
  method: 'post',
  path: '/collections/{name}/retrieval/fit',
  summary: 'Find what meaning should weigh against words in a collection, by questions whose documents are known',
  request: { params: named, body: { required: true, content: judgedContent } },
  responses: {
    200: { description: 'What was found', content: { 'application/json': { schema: fittedSchema } } },
    ...bodyProblems,
  },
});

const fieldsContent = { 'application/json': { schema: fieldsSchema } };
const fieldsPath = '/collections/{name}/fields';

const readFieldsRoute = createRoute({
  method: 'get',
  path: fieldsPath,
  summary: 'The fields a collection declares for its documents’ metadata',
  request: { params: named },
  responses: { 200: { description: 'Name and type of each', content: fieldsContent }, ...problems },
});

const fieldsRoute = createRoute({
  method: 'put',
  path: fieldsPath,
  summary: 'Declare the fields of a collection’s metadata: filters may name no other; {} declares none',
  request: { params: named, body: { required: true, content: fieldsContent } },
  responses: { 200: { description: 'What is declared now', content: fieldsContent }, ...bodyProblems },
});

const policyPath = '/collections/{name}/policy';
const policyContent = { 'application/json': { schema: policySchema } };

const readPolicyRoute = createRoute({
  method: 'get',
  path: policyPath,
  summary: 'What is done with sentences of answers that no source carries',
  request: { params: named },
  responses: { 200: { description: 'What is set; empty: the defaults', content: policyContent }, ...problems },
});

const policyRoute = createRoute({
  method: 'put',
  path: policyPath,
  summary: 'Set it, unless a question says otherwise; {} sets the defaults',
  request: { params: named, body: { required: true, content: policyContent } },
  responses: { 200: { description: 'What is set now', content: policyContent }, ...bodyProblems },
});

/** What is done with sentences that no source carries. */
function policyRoutes(services: RouteServices) {
  const { ingest } = services.platform;
  return newApp()
    .openapi(readPolicyRoute, async (c) => {
      const { settings } = await ingest.collection(services.contextOf(c.get('requestId')), c.req.valid('param').name);
      return c.json(settings.policy as z.infer<typeof policySchema>, 200);
    })
    .openapi(policyRoute, async (c) => {
      const policy = onlyGiven(c.req.valid('json'));
      const name = c.req.valid('param').name;
      const { settings } = await ingest.setPolicy(services.contextOf(c.get('requestId')), name, policy);
      return c.json(settings.policy as z.infer<typeof policySchema>, 200);
    });
}

/** Collections and their indexes. */
export function collectionRoutes(services: RouteServices) {
  const { ingest } = services.platform;
  return newApp()
    .route('/', policyRoutes(services))
    .openapi(listRoute, async (c) => {
      const items = await ingest.collections(services.contextOf(c.get('requestId')));
      return c.json({ items: items.map(collectionOnWire) }, 200);
    })
    .openapi(createCollection, async (c) => {
      const { id, name } = await ingest.ensureCollection(services.contextOf(c.get('requestId')), c.req.valid('json'));
      return c.json({ id, name }, 200);
    })
    .openapi(retrievalRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = await ingest.setRetrieval(context, c.req.valid('param').name, c.req.valid('json'));
      return c.json(collection.settings.retrieval as z.infer<typeof retrievalSchema>, 200);
    })
    .openapi(fitRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const { judged, set } = c.req.valid('json');
      const collection = await ingest.collection(context, c.req.valid('param').name);
      const fitted = await services.platform.fit(context, { collection, judged, signal: c.req.raw.signal });
      const isSet = set && fitted.isBetter;
      const retrieval = { ...collection.settings.retrieval, vectorWeight: fitted.weight };
      if (isSet) await ingest.setRetrieval(context, collection.name, retrieval);
      return c.json({ ...fitted, isSet }, 200);
    })
    .openapi(readFieldsRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const { settings } = await ingest.collection(context, c.req.valid('param').name);
      return c.json({ ...settings.fields }, 200);
    })
    .openapi(fieldsRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const { settings } = await ingest.setFields(context, c.req.valid('param').name, c.req.valid('json'));
      return c.json({ ...settings.fields }, 200);
    })
    .openapi(progressRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = await ingest.collection(context, c.req.valid('param').name);
      return c.json(await ingest.progress(context, collection), 200);
    })
    .openapi(checkRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = await ingest.collection(context, c.req.valid('param').name);
      return c.json(await ingest.checkIndex(context, collection), 200);
    })
    .openapi(reindexRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      const collection = await ingest.collection(context, c.req.valid('param').name);
      await ingest.reindex(context, collection);
      return c.json(await ingest.progress(context, collection), 202);
    });
}
