import { OpenAPIHono } from '@hono/zod-openapi';
import { schemaProblems } from './contract/schema-problem.ts';
import { RequestInvalid } from './request-refused.ts';
import type { ServerEnv } from './server-env.ts';

/** A router whose schema failures are problems like all others: which field, what was given, what is allowed. */
export function newApp(): OpenAPIHono<ServerEnv> {
  return new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const data: unknown = 'data' in result ? result.data : undefined;
      throw new RequestInvalid(schemaProblems(result.error.issues, data));
    },
  });
}
