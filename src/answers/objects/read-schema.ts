import { z } from 'zod';
import { SchemaRefused } from './errors.ts';

/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What may be said of a value; `pattern` is missing because a pattern of a caller could run for ever. */
const KEYWORDS = new Set(
  (
    '$schema $id $defs definitions $ref type title description examples default properties required additionalProperties items ' +
    'anyOf enum const minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems minLength maxLength'
  ).split(' '),
);

const MOST_CHARACTERS = 32_000;
/** Parts after every reference is followed. */
const MOST_PARTS = 500;
const DEEPEST = 12;

/**
 * Reads a caller's JSON schema (the part of draft 2020-12 that providers enforce).
 * @returns what checks a value
 * @throws PlumblineError `format.schema-refused`
 */
export function readSchema(schema: JsonSchema): z.ZodType {
  if (JSON.stringify(schema).length > MOST_CHARACTERS)
    throw new SchemaRefused('', `is too long. Allowed: ${MOST_CHARACTERS} characters of JSON.`);
  const count = { parts: 0 };
  checkPart(schema, { root: schema, where: '', depth: 0, count });
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    throw new SchemaRefused('', `is not understood: ${error instanceof Error ? error.message : 'no schema'}.`);
  }
}

interface Place {
  readonly root: JsonSchema;
  readonly where: string;
  readonly depth: number;
  readonly count: { parts: number };
}

function checkPart(part: unknown, place: Place): void {
  const { where, depth, count } = place;
  if (!isObject(part)) throw new SchemaRefused(where, 'is no object. Allowed: a JSON schema.');
  if (depth > DEEPEST) throw new SchemaRefused(where, `is deeper than ${DEEPEST}, or refers to itself.`);
  if (++count.parts > MOST_PARTS) throw new SchemaRefused(where, `has more than ${MOST_PARTS} parts.`);
  const unknown = Object.keys(part).find((keyword) => !KEYWORDS.has(keyword));
  if (unknown !== undefined)
    throw new SchemaRefused(where, `says ${JSON.stringify(unknown)}. Allowed: ${[...KEYWORDS].join(', ')}.`);
  for (const [step, inner] of partsBelow(part, place)) {
    checkPart(inner, { ...place, where: `${where}/${step}`, depth: depth + 1 });
  }
}

function partsBelow(part: JsonSchema, { root, where }: Place): (readonly [string, unknown])[] {
  const { properties, items, anyOf, additionalProperties, $ref } = part;
  const parts: (readonly [string, unknown])[] = [];
  if (isObject(properties)) for (const [name, each] of Object.entries(properties)) parts.push([name, each]);
  if (items !== undefined) parts.push(['items', items]);
  if (Array.isArray(anyOf)) anyOf.forEach((each, i) => parts.push([`anyOf/${i}`, each]));
  if (typeof additionalProperties === 'object') parts.push(['additionalProperties', additionalProperties]);
  if ($ref !== undefined) parts.push(['$ref', referred(root, $ref, where)]);
  return parts;
}

/** What `#/$defs/name` names. */
function referred(root: JsonSchema, $ref: unknown, where: string): unknown {
  const [, place, name] = /^#\/(\$defs|definitions)\/([\w-]+)$/.exec(String($ref)) ?? [];
  const found = place === undefined || name === undefined ? undefined : (root[place] as JsonSchema | undefined)?.[name];
  if (found === undefined)
    throw new SchemaRefused(where, `refers to ${JSON.stringify($ref)}. Allowed: #/$defs/NAME of the schema.`);
  return found;
}

/** Whether the schema gives a fixed list of values for this place: what is chosen need not be said in these words. */
export function isChoice(schema: JsonSchema, path: readonly (string | number)[]): boolean {
  return partsAt(schema, { root: schema, path }).some(
    (part) => part['enum'] !== undefined || part['const'] !== undefined || part['type'] === 'boolean',
  );
}

/** The parts of a schema that say what may stand at a path. */
function partsAt(
  part: JsonSchema,
  given: { readonly root: JsonSchema; readonly path: readonly (string | number)[] },
): JsonSchema[] {
  const { root, path } = given;
  if (part['$ref'] !== undefined) return partsAt(referred(root, part['$ref'], '') as JsonSchema, given);
  const branches = Array.isArray(part['anyOf']) ? (part['anyOf'] as JsonSchema[]) : [];
  const [step, ...rest] = path;
  const own = step === undefined ? [part] : below(part, step).flatMap((each) => partsAt(each, { root, path: rest }));
  return [...own, ...branches.flatMap((branch) => partsAt(branch, given))];
}

function below(part: JsonSchema, step: string | number): JsonSchema[] {
  if (typeof step === 'number') return isObject(part['items']) ? [part['items']] : [];
  const named = isObject(part['properties']) ? part['properties'][step] : undefined;
  return [named ?? part['additionalProperties']].filter(isObject);
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
