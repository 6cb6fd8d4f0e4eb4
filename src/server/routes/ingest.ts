import { isAbsolute } from 'node:path';
import { stat } from 'node:fs/promises';
import { createRoute, z } from '@hono/zod-openapi';
import { PlumblineError } from '../../base/index.ts';
import type { IngestRun, SourceSpec } from '../../ingest/index.ts';
import type { TenantContext } from '../../base/index.ts';
import { ingestSchema, runSchema } from '../contract/documents.ts';
import { bodyProblems, problems, tokenProblem } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import { RequestInvalid, TokenRequired } from '../request-refused.ts';
import type { RouteServices } from '../server-env.ts';
import { collectionToWrite } from './collection-of.ts';
import { runOnWire } from './wire.ts';

const runContent = { 'application/json': { schema: runSchema } };

const startRoute = createRoute({
  method: 'post',
  path: '/ingest',
  summary: 'Go over a folder, file or web address and take in what is new',
  description: 'A `path` is read on the server’s machine and needs the token; a `url` does not.',
  security: [{ token: [] }, {}],
  request: { body: { required: true, content: { 'application/json': { schema: ingestSchema } } } },
  responses: {
    202: { description: 'It has begun; watch it at /v1/ingest/{id}', content: runContent },
    ...tokenProblem,
    ...bodyProblems,
  },
});

const byId = z.object({ id: z.string() });

const readRoute = createRoute({
  method: 'get',
  path: '/ingest/{id}',
  summary: 'How far a pass has come',
  request: { params: byId },
  responses: { 200: { description: 'The pass', content: runContent }, ...problems },
});

const cancelRoute = createRoute({
  method: 'delete',
  path: '/ingest/{id}',
  summary: 'Stop a pass; what it stored stays',
  request: { params: byId },
  responses: { 200: { description: 'The pass', content: runContent }, ...problems },
});

/** Nothing is at the path. */
class PathNotFound extends PlumblineError {
  constructor(path: string) {
    super({
      code: 'source.not-found',
      kind: 'caller',
      message: `There is no file or folder at ${JSON.stringify(path)}. Check the path; it is read on the server’s machine.`,
    });
  }
}

/** Passes over sources. */
export function ingestRoutes(services: RouteServices) {
  const { ingest } = services.platform;
  const describe = async (context: TenantContext, run: IngestRun) => {
    const collection = await ingest.collection(context, run.collectionId);
    return runOnWire(run, { collection: collection.name, index: await ingest.progress(context, collection) });
  };
  return newApp()
    .openapi(startRoute, async (c) => {
      const body = c.req.valid('json');
      if (body.path !== undefined && !c.get('withToken')) throw new TokenRequired('Reading a path of this machine');
      const spec = await specOf(body);
      const context = services.contextOf(c.get('requestId'));
      const collection = await collectionToWrite(services.platform, context, body.collection);
      const { force, confirmDeletions } = body;
      const run = await ingest.startRun(context, collection, { spec, options: { force, confirmDeletions } });
      return c.json(await describe(context, run), 202);
    })
    .openapi(readRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      return c.json(await describe(context, await ingest.run(context, c.req.valid('param').id)), 200);
    })
    .openapi(cancelRoute, async (c) => {
      const context = services.contextOf(c.get('requestId'));
      return c.json(await describe(context, await ingest.cancelRun(context, c.req.valid('param').id)), 200);
    });
}

async function specOf(body: z.infer<typeof ingestSchema>): Promise<SourceSpec> {
  const { path, url, include, exclude } = body;
  if ((path === undefined) === (url === undefined)) {
    throw new RequestInvalid([{ where: 'path', problem: 'give either a path or a url' }]);
  }
  if (url !== undefined) return { kind: 'url', root: url, include, exclude };
  const root = path ?? '';
  if (!isAbsolute(root)) throw new RequestInvalid([{ where: 'path', problem: 'must be absolute' }]);
  const found = await stat(root).catch(() => null);
  if (found === null) throw new PathNotFound(root);
  return { kind: found.isDirectory() ? 'folder' : 'file', root, include, exclude };
}
