import { OpenAPIHono } from '@hono/zod-openapi';
import { RequestInvalid } from './request-refused.ts';
import type { ServerEnv } from './server-env.ts';

/** A router whose schema failures are problems like all others: which field, what is wrong. */
export function newApp(): OpenAPIHono<ServerEnv> {
  return new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new RequestInvalid(
        result.error.issues.map((issue) => ({ where: issue.path.join('.'), problem: issue.message })),
      );
    },
  });
}
