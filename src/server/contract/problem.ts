import { z } from '@hono/zod-openapi';

/** An error as RFC 9457 says it. */
const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:plumbline:error:document.not-found' }),
    title: z.string().openapi({ example: 'document not found' }),
    status: z.number().int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: 'No document has the id "x", or you may not read it.' }),
    code: z
      .string()
      .openapi({ example: 'document.not-found', description: 'Stable, `noun.problem`; programs decide by it' }),
    requestId: z.string().openapi({ description: 'Also in the header X-Request-Id; the log names it' }),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem');

const content = { 'application/problem+json': { schema: problemSchema } };

/** The errors every route may answer with. */
export const problems = {
  400: { description: 'The request breaks a rule; `detail` says which.', content },
  403: { description: 'The request comes from somewhere it may not.', content },
  404: { description: 'There is no such thing, or it may not be read.', content },
  500: { description: 'Something failed that should not have; the log names it by `requestId`.', content },
  503: { description: 'Not ready yet, stopping, or overloaded: try again.', content },
} as const;

/** For routes that take a JSON body. */
export const bodyProblems = {
  ...problems,
  411: { description: 'The body does not say how long it is.', content },
  413: { description: 'The body is larger than allowed.', content },
  415: { description: 'This content type is not taken.', content },
} as const;

/** For routes that take files. */
export const uploadProblems = {
  ...problems,
  413: { description: 'The body is larger than allowed.', content },
  415: { description: 'This content type is not taken.', content },
  422: { description: 'The file cannot become a document; it is in quarantine.', content },
} as const;

/** For routes that only the person at this machine may use. */
export const tokenProblem = {
  401: { description: 'The token of server.json is missing or wrong.', content },
} as const;
