import { z } from '@hono/zod-openapi';
import { filterSchema, instantSchema } from '../contract/answers.ts';

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() });

const messageSchema = z.looseObject({
  role: z.enum(['developer', 'system', 'user', 'assistant', 'tool', 'function']),
  content: z
    .union([z.string(), z.array(textPart)], { error: 'is not taken. Allowed: text, or parts of type "text".' })
    .nullish(),
});

const nothing = z.array(z.unknown()).max(0).nullish();

/**
 * `POST /v1/chat/completions`: the fields of OpenAI's API that mean something here. What would change the answer and
 * cannot be done is refused; what only steers a model's chance (temperature, seed, …) is let pass and not used.
 */
export const chatRequestSchema = z
  .looseObject({
    model: z.string().min(1).openapi({ example: 'handbook', description: 'Name of a collection' }),
    messages: z.array(messageSchema).min(1).max(1000),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    stop: z
      .union([z.string().min(1), z.array(z.string().min(1)).max(4)], {
        error: 'is not taken. Allowed: a text, or a list of at most 4 texts.',
      })
      .nullish(),
    max_tokens: z.number().int().min(1).nullish(),
    max_completion_tokens: z.number().int().min(1).nullish(),
    n: z.literal(1).nullish(),
    logprobs: z.literal(false).nullish(),
    tools: nothing,
    functions: nothing,
    modalities: z.array(z.literal('text')).nullish(),
    response_format: z
      .discriminatedUnion(
        'type',
        [
          z.looseObject({ type: z.literal('text') }),
          z.looseObject({
            type: z.literal('json_schema'),
            json_schema: z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
          }),
        ],
        { error: 'is not taken. Allowed: type "text", or type "json_schema" with a schema.' },
      )
      .nullish(),
    plumbline: z
      .strictObject({ asOf: instantSchema.optional(), filter: filterSchema.optional() })
      .optional()
      .openapi({ description: 'Beyond OpenAI: the moment asked about, and which documents' }),
  })
  .openapi('ChatRequest');

/** A request that keeps the schema. */
export type ChatRequest = z.infer<typeof chatRequestSchema>;

const annotationSchema = z
  .object({
    type: z.literal('url_citation'),
    url_citation: z.object({
      start_index: z.number().int(),
      end_index: z.number().int(),
      url: z.string().openapi({ description: 'Opens the source on the page, the quoted words highlighted' }),
      title: z.string(),
      quote: z.string(),
      document_id: z.uuid(),
      version: z.number().int(),
    }),
  })
  .openapi('ChatAnnotation');

/** Words of the message and the source that carries them. */
export type ChatAnnotation = z.infer<typeof annotationSchema>;

const usageSchema = z.object({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
});

const checkedSchema = z
  .object({
    answerId: z.uuid().openapi({ description: '`GET /v1/answers/{id}` has all of it' }),
    kind: z.enum(['extractive', 'generated', 'abstained', 'clarification']),
    confidence: z.number(),
    sentences: z.array(
      z.object({ text: z.string(), verdict: z.string(), score: z.number(), reason: z.string().nullable() }),
    ),
  })
  .openapi({ description: 'Beyond OpenAI: how each sentence was checked' });

const finishReason = z.enum(['stop', 'length']);

/** An answer as OpenAI's API says it. */
export const chatCompletionSchema = z
  .object({
    id: z.string().openapi({ example: 'chatcmpl-018f2b7e-0000-7000-8000-000000000009' }),
    object: z.literal('chat.completion'),
    created: z.number().int().openapi({ description: 'Seconds since 1970 UTC' }),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.literal(0),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullable().openapi({ description: 'Why there is no JSON, where JSON was asked for' }),
          annotations: z.array(annotationSchema),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage: usageSchema,
    plumbline: checkedSchema,
  })
  .openapi('ChatCompletion');

/** {@link chatCompletionSchema} */
export type ChatCompletion = z.infer<typeof chatCompletionSchema>;

/** One piece of a streamed answer, as OpenAI's API says it. */
export interface ChatChunk extends Pick<ChatCompletion, 'id' | 'created' | 'model'> {
  readonly object: 'chat.completion.chunk';
  readonly choices: readonly {
    readonly index: 0;
    readonly delta: {
      readonly role?: 'assistant';
      readonly content?: string;
      readonly refusal?: string;
      readonly annotations?: readonly ChatAnnotation[];
    };
    readonly logprobs: null;
    readonly finish_reason: 'stop' | 'length' | null;
  }[];
  readonly usage?: ChatCompletion['usage'] | null;
  readonly plumbline?: ChatCompletion['plumbline'];
}

/** A collection, as OpenAI's API says it. */
export const modelSchema = z
  .object({
    id: z.string().openapi({ example: 'handbook' }),
    object: z.literal('model'),
    created: z.number().int(),
    owned_by: z.literal('plumbline'),
  })
  .openapi('Model');

/** An error as OpenAI's API says it. */
const errorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string().openapi({ example: 'invalid_request_error' }),
      param: z.string().nullable(),
      code: z.string().openapi({ example: 'model_not_found' }),
    }),
  })
  .openapi('OpenAiError');

const content = { 'application/json': { schema: errorSchema } };

/** What these routes may answer with beside success. */
export const openAiProblems = {
  400: { description: 'The request breaks a rule, or asks for something that cannot be done here.', content },
  401: { description: 'The API key is not the token of server.json.', content },
  404: { description: 'There is no such model.', content },
  500: { description: 'Something failed that should not have.', content },
  503: { description: 'Not ready yet, stopping, or overloaded: try again.', content },
} as const;
