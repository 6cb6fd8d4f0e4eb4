import { stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { PlumblineError } from '../../base/index.ts';
import { bodyProblems, tokenProblem } from '../contract/problem.ts';
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
  security: [{ token: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            file: z.string().min(1).max(4096).openapi({ example: '/var/backups/plumbline-2026-01-31.tar.gz' }),
          }),
        },
      },
    },
  },
  responses: {
    200: { description: 'Written', content: { 'application/json': { schema: backupSchema } } },
    ...tokenProblem,
    ...bodyProblems,
  },
});

/** The backup cannot be written where it was asked for. */
class BackupPlace extends PlumblineError {
  constructor(file: string, problem: string) {
    super({ code: 'backup.place', kind: 'caller', message: `No backup was written to ${file}: ${problem}` });
  }
}

/** What only the person at this machine does. */
export function adminRoutes(services: RouteServices) {
  return newApp().openapi(backupRoute, async (c) => {
    if (!c.get('withToken')) throw new TokenRequired('A backup');
    const { file } = c.req.valid('json');
    await refusePlace(file);
    const { rows, blobs } = await services.platform.backup(file);
    const { size } = await stat(file);
    return c.json({ file, bytes: size, documents: rows['documents'] ?? 0, blobs }, 200);
  });
}

/** A backup never replaces a file: it might be the only good copy. */
async function refusePlace(file: string): Promise<void> {
  if (!isAbsolute(file)) throw new RequestInvalid([{ where: 'file', problem: 'must be an absolute path' }]);
  if ((await stat(file).catch(() => null)) !== null)
    throw new BackupPlace(file, 'there is a file of that name already. Choose another name, or move it away first.');
  const folder = await stat(dirname(file)).catch(() => null);
  if (folder?.isDirectory() !== true)
    throw new BackupPlace(file, `there is no folder ${dirname(file)}. Make it first, or choose another.`);
}
