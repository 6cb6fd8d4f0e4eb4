import { z } from '@hono/zod-openapi';
import { citationSchema, conflictSchema } from './answers.ts';

/** A conflict in the review queue. */
export const conflictEntrySchema = conflictSchema
  .extend({
    id: z.uuid(),
    collectionId: z.uuid(),
    citations: z.array(citationSchema).openapi({ description: 'What the sides point at' }),
    question: z.string().openapi({ description: 'The question it was met with first' }),
    state: z.enum(['open', 'resolved']),
    resolution: z.string().nullable(),
    times: z.number().int().openapi({ description: 'Answers it was met in' }),
    firstSeenAt: z.string(),
    lastSeenAt: z.string(),
  })
  .openapi('ConflictEntry');

/** `GET /v1/conflicts` */
export const conflictQuerySchema = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** `POST /v1/conflicts/{id}/resolve` */
export const resolutionSchema = z
  .strictObject({
    resolution: z.string().min(1).max(2000).openapi({ example: 'The policy is right; the guide will be mended.' }),
  })
  .openapi('ConflictResolution');

/** `POST /v1/answers/{id}/feedback` */
export const feedbackSchema = z
  .strictObject({
    rating: z.enum(['up', 'down']),
    correctedText: z.string().min(1).max(20_000).optional().openapi({ description: 'What it should have said' }),
    wrongCitation: z
      .number()
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'Position of a citation that does not carry its sentence, from 0' }),
    note: z.string().max(2000).optional(),
  })
  .openapi('Feedback');
