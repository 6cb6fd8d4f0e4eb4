import { type AnswerFormat, promptFor } from '../../prompts/index.ts';
import type { ModelCalls } from '../../models/index.ts';
import { FormatUnfit, ModelNeeded } from './errors.ts';
import { type JsonSchema, readSchema } from './read-schema.ts';

/**
 * Refuses a format that cannot be given, before anything is searched for.
 * @throws PlumblineError `format.unfit`, `format.schema-refused`, `format.needs-model`
 */
export function checkFormat(
  models: Pick<ModelCalls, 'has'>,
  asked: {
    readonly format?: AnswerFormat;
    readonly schema?: JsonSchema;
    readonly between?: unknown;
    readonly prompt?: string;
  } = {},
): void {
  const { format = 'text', schema, between, prompt } = asked;
  const wanted = promptFor(format);
  if (prompt !== undefined && prompt.split('@')[0] !== wanted) {
    if (format === 'json' || prompt.startsWith(promptFor('json')))
      throw new FormatUnfit(
        `The prompt ${JSON.stringify(prompt)} does not write the format ${format}. Allowed: versions of ${wanted}.`,
      );
  }
  if (format !== 'json' && schema === undefined) return;
  if (format !== 'json')
    throw new FormatUnfit(`A schema was given for the format ${format}. Allowed: the format json.`);
  if (schema === undefined)
    throw new FormatUnfit('The format json needs a schema: a JSON schema of what the answer is to be.');
  if (between !== undefined)
    throw new FormatUnfit('What changed between two moments is told as text. Leave out the format json, or between.');
  readSchema(schema);
  if (!models.has('answer')) throw new ModelNeeded();
}
