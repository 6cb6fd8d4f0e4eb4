import { isAbsolute } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../contract/problem.ts';
import { newApp } from '../new-app.ts';
import { RequestInvalid, TokenRequired } from '../request-refused.ts';
import type { RouteServices } from '../server-env.ts';

/** What a backup wrote. */
export const backupSchema = z
  .object({ file: z.string(), bytes: z.number().int(), documents: z.number().int(), blobs: z.number().int() })
  .openapi('Backup');

const backupRoute = createRoute({
  method: 'post',
  path: '/backup',
  summary: 'Write everything into one file on the server’s machine; needs the token',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ file: z.string().min(1).max(4096) }) } },
    },
  },
  responses: {
    200: { description: 'Written', content: { 'application/json': { schema: backupSchema } } },
    ...problems,
  },
});

/** What only the person at this machine does. */
export function adminRoutes(services: RouteServices) {
  return newApp().openapi(backupRoute, async (c) => {
    if (!c.get('withToken')) throw new TokenRequired('A backup');
    const { file } = c.req.valid('json');
    if (!isAbsolute(file)) throw new RequestInvalid([{ where: 'file', problem: 'must be an absolute path' }]);
    throw new RequestInvalid([{ where: file, problem: 'later' }]);
  });
}
