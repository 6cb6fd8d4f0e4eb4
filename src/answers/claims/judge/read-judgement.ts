import { z } from 'zod';
import type { ClaimSource, SourceSpan } from '../claim.ts';
import type { Passage } from '../passages.ts';
import { placesOfWords } from '../quote/find-words.ts';
import type { Judgement } from './judge-verifier.ts';

/** What a judge is asked for. */
export const judgeReply = z.strictObject({
  verdict: z.enum(['supported', 'partly', 'contradicted', 'unverified']),
  quotes: z.array(z.strictObject({ passage: z.number().int().min(1), words: z.string() })).max(20),
  reason: z.string(),
});

/** Where a verdict stands among the scores; a judge gives no figure of its own. */
const SCORES = { supported: 0.95, partly: 0.5, unverified: 0.2, contradicted: 0.05 } as const;
/** Fewer letters and digits ("the", "of it") point at nothing. */
const SHORTEST_QUOTE = 6;
const LONGEST_REASON = 300;

/**
 * A judge's reply as a judgement. A verdict with a quote that is not in the passages counts as none.
 * @param passages as they were shown to it
 */
export function readJudgement(
  { verdict, quotes, reason }: z.infer<typeof judgeReply>,
  passages: readonly Passage[],
  sources: readonly ClaimSource[],
): Judgement {
  const spans = quotes.flatMap(({ passage, words }) => spanOf(words, passages[passage - 1], sources) ?? []);
  const said = reason.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
  if (verdict === 'unverified') return { status: verdict, score: SCORES[verdict], reason: said, spans };
  if (spans.length === 0 || spans.length < quotes.length) {
    const unfounded = `a model called it ${verdict}, but the words it pointed at are not in the sources`;
    return { status: 'unverified', score: SCORES.unverified, reason: unfounded, spans: [] };
  }
  return { status: verdict, score: SCORES[verdict], reason: said, spans };
}

/** Where a passage's words stand in its source; null: they do not stand in the passage. */
function spanOf(words: string, passage: Passage | undefined, sources: readonly ClaimSource[]): SourceSpan | null {
  const source = sources.find(({ id }) => id === passage?.sourceId);
  if (passage === undefined || source === undefined) return null;
  if (words.replaceAll(/[^\p{L}\p{N}]/gu, '').length < SHORTEST_QUOTE) return null;
  for (const span of placesOfWords(source, words)) {
    if (span.start >= passage.start && span.end <= passage.end) return span;
  }
  return null;
}
