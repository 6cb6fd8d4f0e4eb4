import { z } from '@hono/zod-openapi';
import { USAGE_GROUPS } from '../../models/index.ts';
import { instantSchema } from './answers.ts';

/** Which usage, and how it is summed up. */
export const usageQuerySchema = z.object({
  by: z.enum(USAGE_GROUPS).default('feature').openapi({ description: 'What a line stands for; days are UTC' }),
  from: instantSchema.optional().openapi({ description: 'Calls that began at or after it; default: 30 days ago' }),
  to: instantSchema.optional().openapi({ description: 'Calls that began before it; default: now' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional(),
});

const sumsSchema = z
  .object({
    calls: z.number().int(),
    inputTokens: z.number().int(),
    cachedInputTokens: z
      .number()
      .int()
      .openapi({ description: 'Part of the input, read from providers’ prompt caches' }),
    cacheWriteInputTokens: z
      .number()
      .int()
      .openapi({ description: 'Part of the input, written to providers’ prompt caches' }),
    outputTokens: z.number().int(),
    costUsd: z.number().openapi({ example: 0.001234567, description: 'Exact to the nano-dollar up to a million' }),
  })
  .openapi('UsageSums');

const splitShape = {
  counted: sumsSchema.openapi({ description: 'As providers reported it' }),
  estimated: sumsSchema.openapi({ description: 'Our own estimates, for replies whose usage never arrived' }),
};

/** A page of usage, and its total. */
export const usageSchema = z
  .object({
    by: z.enum(USAGE_GROUPS),
    from: z.string(),
    to: z.string(),
    items: z.array(
      z.object({
        key: z.string().openapi({ example: 'answers' }),
        ...splitShape,
        failed: z.number().int().openapi({ description: 'Calls that did not end in an answer' }),
        cacheHits: z.number().int().openapi({ description: 'Calls our own cache answered' }),
        latencyP50Ms: z.number(),
        firstTokenP50Ms: z.number().nullable(),
      }),
    ),
    total: z.object(splitShape).openapi({ description: 'Over the whole time, not only this page' }),
    nextCursor: z.string().nullable(),
  })
  .openapi('Usage');
