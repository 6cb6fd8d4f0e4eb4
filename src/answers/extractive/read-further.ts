import { decide } from './decide.ts';
import type { Extract, ExtractQuestion, ExtractServices } from './extract.ts';
import { insteadOfBest, READ_NEXT } from './reading-verdicts.ts';
import { sayingsOf } from './sayings.ts';

/**
 * Reads the sentences behind a best that does not answer, or is doubted: one of them may take its place.
 * @returns null: none does
 */
export async function readFurther(
  { odds }: Pick<ExtractServices, 'odds'>,
  { grounds, decision }: Pick<Extract, 'grounds' | 'decision'>,
  { unread, signal }: Pick<ExtractQuestion, 'unread' | 'signal'>,
): Promise<Extract | null> {
  if (unread) return null;
  const { asked, ranked } = grounds;
  const next = ranked.slice(1, 1 + READ_NEXT);
  const read = await Promise.all(next.map(({ sentence }) => odds.of(asked.text, sentence, signal)));
  const instead = insteadOfBest({ ranked, read: [grounds.odds, ...read], isAnswered: decision.answer });
  if (instead === null) return null;
  const found = { ...grounds, ...instead };
  const said = await sayingsOf([found], { odds, signal });
  return { ...said, decision: { ...decide(found), answer: true }, grounds: found };
}
