/** What was read, or why it could not be. */
export type JsonRead = { readonly value: unknown } | { readonly problem: string };

/** Reads the JSON in a model's text: the text itself, the inside of a code fence, or from the first brace to the last. */
export function readJson(text: string): JsonRead {
  const whole = text.trim();
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?```/.exec(whole)?.[1];
  const from = whole.search(/[{[]/);
  const to = Math.max(whole.lastIndexOf('}'), whole.lastIndexOf(']'));
  const inner = from >= 0 && to > from ? whole.slice(from, to + 1) : undefined;
  for (const candidate of [whole, fenced, inner]) {
    if (candidate === undefined) continue;
    try {
      return { value: JSON.parse(candidate) };
    } catch {
      // The next candidate may be JSON.
    }
  }
  return { problem: whole === '' ? 'The reply is empty.' : 'The reply is not JSON.' };
}
