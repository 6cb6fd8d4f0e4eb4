import { z } from '@hono/zod-openapi';
import { answerSchema } from './answers.ts';

/** `POST /v1/answers/{id}/replay` */
export const replaySchema = z
  .strictObject({
    prompt: z.string().max(100).optional().openapi({ example: 'answer@2' }),
    model: z.string().max(200).optional().openapi({ description: 'Only this model of models.json' }),
  })
  .openapi('Replay');

/** `GET /v1/answers/{id}/replay` */
export const replayChoicesSchema = z
  .object({
    prompts: z.array(z.string()).openapi({ example: ['answer@1', 'answer@2'] }),
    models: z.array(z.string()).openapi({ description: 'Of models.json; the one that would be asked comes first' }),
  })
  .openapi('ReplayChoices');

const position = z.number().int().nullable();

const sideSchema = answerSchema.pick({ id: true, kind: true, record: true, confidence: true }).extend({
  sentences: z.array(z.object({ text: z.string(), verdict: z.string() })),
});

/** Two answers, claim by claim. */
export const comparisonSchema = z
  .object({
    before: sideSchema,
    after: sideSchema,
    claims: z.array(
      z.object({
        before: position,
        after: position,
        what: z.enum(['same', 'verdict', 'reworded', 'added', 'removed']),
      }),
    ),
  })
  .openapi('AnswerComparison');
