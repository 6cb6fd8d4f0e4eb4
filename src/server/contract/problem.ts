import { z } from '@hono/zod-openapi';

/** An error as RFC 9457 says it. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:plumbline:error:document.not-found' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    /** Stable, `noun.problem`. */
    code: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem');

const content = { 'application/problem+json': { schema: problemSchema } };

/** The errors every route may answer with. */
export const problems = {
  400: { description: 'The request breaks a rule; `detail` says which.', content },
  403: { description: 'The request comes from somewhere it may not.', content },
  404: { description: 'There is no such thing, or it may not be read.', content },
} as const;

/** For routes that take files. */
export const uploadProblems = {
  ...problems,
  413: { description: 'The body is larger than allowed.', content },
  415: { description: 'This content type is not taken.', content },
  422: { description: 'The file cannot become a document; it is in quarantine.', content },
} as const;
