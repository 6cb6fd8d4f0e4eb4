import type { z } from 'zod';
import type { Pseudonyms } from '../../guard/index.ts';
import { readJson } from './read-json.ts';

/** An object that fits, or what is wrong with the reply, a sentence each. */
export type Fit<T> = { readonly object: T } | { readonly problems: readonly string[] };

/** Problems named at most. */
const MOST_PROBLEMS = 20;

/** Reads a reply and checks it against its schema, with the values back in the place of their pseudonyms. */
export async function fitObject<T>(
  text: string,
  to: { readonly schema: z.ZodType<T>; readonly wrapped: boolean; readonly pseudonyms: Pseudonyms },
): Promise<Fit<T>> {
  const read = readJson(text);
  if ('problem' in read) return { problems: [read.problem] };
  const value = unwrap(to.pseudonyms.restoreValue(read.value), to.wrapped);
  const checked = await to.schema.safeParseAsync(value);
  if (checked.success) return { object: checked.data };
  // A schema's own messages may repeat a value, which must not leave in the clear where it was to be a pseudonym.
  const mayQuote = to.pseudonyms.size === 0;
  const problems = checked.error.issues.slice(0, MOST_PROBLEMS);
  return { problems: problems.map((issue) => sentence(issue, mayQuote)) };
}

/** The value of a schema that is no object travels as `{"value": …}`; models that leave the wrapping out are understood. */
export function unwrap(value: unknown, wrapped: boolean): unknown {
  const isWrapped = wrapped && typeof value === 'object' && value !== null && 'value' in value;
  return isWrapped ? value.value : value;
}

function sentence(issue: z.core.$ZodIssue, mayQuote: boolean): string {
  const place = issue.path.map(String).join('.') || 'the object';
  return `${place}: ${mayQuote ? issue.message.replace(/\.$/, '') : issue.code}.`;
}
