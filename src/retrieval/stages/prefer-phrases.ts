import { byScore, type Scored } from '../fusion.ts';
import { containsPhrase } from '../question/index.ts';

/** How many of the best are read. */
export const READ = 50;

/**
 * Puts those of the first 50 that hold every phrase above all others; among themselves both keep their order.
 * @param ranking best first
 * @param texts chunk → text with its headings; a chunk without one holds nothing
 * @param phrases terms in their order, at least one phrase
 */
export function preferPhrases(
  ranking: readonly Scored[],
  texts: ReadonlyMap<string, string>,
  phrases: readonly (readonly string[])[],
): Scored[] {
  const head = ranking.slice(0, READ);
  const lift = (head[0]?.score ?? 0) - (head.at(-1)?.score ?? 0) + 1;
  const lifted = head.map(({ id, score }) => {
    const text = texts.get(id) ?? '';
    return { id, score: phrases.every((phrase) => containsPhrase(text, phrase)) ? score + lift : score };
  });
  return [...lifted, ...ranking.slice(READ)].sort(byScore);
}
