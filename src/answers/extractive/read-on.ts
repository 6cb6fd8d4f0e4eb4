import { decide } from './decide.ts';
import type { Extract, ExtractQuestion, ExtractServices } from './extract.ts';
import { rankAsRead, READ_NEXT } from './reading-verdicts.ts';
import { sayingsOf } from './sayings.ts';

/**
 * Reads the best sentences, where the best does not surely read like an answer: what is said, and whether anything is, is decided anew by score and
 * reading together.
 * @returns null: nothing could be read
 */
export async function readOn(
  { odds }: Pick<ExtractServices, 'odds'>,
  { grounds }: Pick<Extract, 'grounds'>,
  { unread, signal }: Pick<ExtractQuestion, 'unread' | 'signal'>,
): Promise<Extract | null> {
  if (unread) return null;
  const { asked, ranked } = grounds;
  const first = ranked.slice(0, 1 + READ_NEXT);
  const read = await Promise.all(first.map(({ sentence }) => odds.of(asked.text, sentence, signal)));
  const found = { ...grounds, ...rankAsRead(ranked, read) };
  if (found.odds === null) return null;
  const said = await sayingsOf([found], { odds, signal });
  return { ...said, decision: decide(found), grounds: found };
}
