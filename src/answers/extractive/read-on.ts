import { decide, isOpen } from './decide.ts';
import type { Extract, ExtractQuestion, ExtractServices } from './extract.ts';
import { isWorthReading, rankAsRead } from './reading-verdicts.ts';
import { sayingsOf } from './sayings.ts';
import { lengthsToRead } from './text-to-read.ts';

/**
 * Reads the best sentences, where the best does not surely read like an answer: what is said, and whether anything is, is decided anew by score and
 * reading together. Where words and nearness speak against any answer only the best is read: the next ones never answered on the tuning sets.
 * @returns null: nothing could be read
 */
export async function readOn(
  { odds }: Pick<ExtractServices, 'odds'>,
  { grounds }: Pick<Extract, 'grounds'>,
  { unread, signal }: Pick<ExtractQuestion, 'unread' | 'signal'>,
): Promise<Extract | null> {
  if (unread) return null;
  const { asked, ranked } = grounds;
  const [best] = ranked;
  if (best === undefined) return null;
  const own = await odds.of(asked.text, best.sentence, signal);
  if (own === null) return null;
  const lengths = lengthsToRead(asked.text, ranked);
  const read = [own];
  const next = isOpen(grounds) ? ranked.slice(1) : [];
  for (const { sentence } of next) {
    if (!isWorthReading(ranked, read, lengths[read.length] ?? 0)) break;
    read.push((await odds.of(asked.text, sentence, signal)) ?? -Infinity);
  }
  const found = { ...grounds, ...rankAsRead(ranked, read) };
  if (found.odds === null) return null;
  const said = await sayingsOf([found], { odds, signal });
  return { ...said, decision: decide(found), grounds: found };
}
