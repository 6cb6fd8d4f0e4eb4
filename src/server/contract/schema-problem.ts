import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;

/** What breaks a schema, for a person: where it is, what was given, what is allowed. */
export interface SchemaProblem {
  /** Dotted path into the request; '' is the whole of it. */
  readonly where: string;
  readonly problem: string;
}

const SHOWN_CHARACTERS = 60;

/** Says each issue of a schema in plain words. `data` is what was checked. */
export function schemaProblems(issues: readonly Issue[], data: unknown): SchemaProblem[] {
  return issues.map((issue) => ({ where: issue.path.join('.'), problem: inWords(issue, at(data, issue.path)) }));
}

function inWords(issue: Issue, given: unknown): string {
  switch (issue.code) {
    case 'too_small':
      return `${shown(given)} is too ${sizeWord(issue.origin, 'small')}. Allowed: at least ${issue.minimum}${unit(issue.origin)}.`;
    case 'too_big':
      return `${shown(given)} is too ${sizeWord(issue.origin, 'large')}. Allowed: at most ${issue.maximum}${unit(issue.origin)}.`;
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => shown(key)).join(', ')} is not known here.`;
    case 'invalid_value':
      return `${shown(given)} is not known. Allowed: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_type':
      return given === undefined
        ? `nothing was given. Allowed: ${named(issue.expected)}.`
        : `${shown(given)} is not what belongs here. Allowed: ${named(issue.expected)}.`;
    case 'invalid_format':
      return `${shown(given)} is not ${named(issue.format)}.`;
    case 'invalid_union':
    case 'custom':
      return `${shown(given)} ${issue.message}`;
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return `${shown(given)}: ${issue.message}.`;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object of names and texts',
  uuid: 'an id (a UUID)',
  url: 'a web address',
};

function named(kind: string): string {
  return NAMES[kind] ?? kind;
}

function sizeWord(origin: string, word: 'small' | 'large'): string {
  if (origin === 'string' || origin === 'array') return word === 'small' ? 'short' : 'long';
  return word;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function at(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}
