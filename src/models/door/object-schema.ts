import type { JSONSchema7 } from '@ai-sdk/provider';
import { z } from 'zod';

/** A zod schema as providers take it. */
export interface ObjectSchema {
  /** JSON schema (draft 7) of an object. */
  readonly json: JSONSchema7;
  /** Whether the value is the property `value`, because providers take objects only. */
  readonly wrapped: boolean;
  /** Whether every property is required, without which OpenAI's strict mode refuses a schema. */
  readonly strict: boolean;
}

const known = new WeakMap<z.ZodType, ObjectSchema>();

/** The JSON schema of what the model has to write; made once for each zod schema. Transforms and refinements are not in it. */
export function objectSchemaOf(schema: z.ZodType): ObjectSchema {
  const made = known.get(schema) ?? make(schema);
  known.set(schema, made);
  return made;
}

function make(schema: z.ZodType): ObjectSchema {
  const options = { target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'inline' } as const;
  const { $schema: _, ...plain } = z.toJSONSchema(schema, options);
  const wrapped = plain.type !== 'object';
  const root = wrapped ? { type: 'object', properties: { value: plain }, required: ['value'] } : plain;
  const open = { optional: false };
  return { json: closed(root, open) as JSONSchema7, wrapped, strict: !open.optional };
}

/** Objects take no other properties: providers that enforce schemas demand that it is said. */
function closed(node: unknown, seen: { optional: boolean }): unknown {
  if (Array.isArray(node)) return node.map((one) => closed(one, seen));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node))
    copy[key] = key === 'enum' || key === 'const' ? value : closed(value, seen);
  if (copy['type'] !== 'object' || typeof copy['properties'] !== 'object') return copy;
  const required = Array.isArray(copy['required']) ? copy['required'] : [];
  if (Object.keys(copy['properties'] ?? {}).length > required.length) seen.optional = true;
  return { additionalProperties: false, ...copy };
}
