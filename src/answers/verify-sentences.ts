import { cellsOf } from '../ingest/index.ts';
import type { AnswerSentence, Citation, SentenceVerdict } from './answer.ts';
import { type ClaimSource, type ClaimVerdict, type ClaimVerifier, verifyClaims } from './claims/index.ts';
import { tellRow } from './extractive/tell-row.ts';

/** A sentence before it is checked. */
type Draft = Pick<AnswerSentence, 'text' | 'citations'>;

/**
 * Checks each sentence of an answer against the words it cites and nothing else.
 * @param citations what the positions in a sentence's `citations` point at
 */
export async function verifySentences(
  drafts: readonly Draft[],
  citations: readonly Citation[],
  options: { readonly signal: AbortSignal; readonly verifiers?: readonly ClaimVerifier[] },
): Promise<AnswerSentence[]> {
  return await Promise.all(
    drafts.map(async (draft): Promise<AnswerSentence> => {
      if (isQuote(draft, citations)) return { ...draft, verdict: 'quoted', score: 1, reason: null };
      if (isRow(draft, citations)) return { ...draft, verdict: 'supported', score: 1, reason: null };
      const verdicts = await verifyClaims(draft.text, sourcesOf(draft, citations), options);
      return { text: draft.text, citations: draft.citations, ...sumUp(verdicts) };
    }),
  );
}

/** The sentence is the cited words and nothing else; lines may be joined. */
function isQuote({ text, citations: cited }: Draft, citations: readonly Citation[]): boolean {
  return cited.some((i) => citations[i]?.quote.replace(/\s+/g, ' ').trim() === text);
}

/** The sentence is the cells of a cited row, each with its column's cited name, which stands above it, and nothing else. */
function isRow({ text, citations: [row, columns] }: Draft, citations: readonly Citation[]): boolean {
  const [cells, names] = [row, columns].map((i) => (i === undefined ? undefined : citations[i]));
  if (cells === undefined || names === undefined) return false;
  const isBelow = cells.versionId === names.versionId && names.end <= cells.start;
  const [width, own] = [cellsOf(names.quote).length, cellsOf(cells.quote).length];
  return isBelow && own > 1 && own <= width && tellRow(cells.quote, names.quote) === text;
}

/** The first citation carries the sentence; the others (a table's column names) are read as what stands above it. */
function sourcesOf(draft: Draft, citations: readonly Citation[]): ClaimSource[] {
  const cited = draft.citations.flatMap((i) => citations[i] ?? []);
  const quotes = cited.map(({ quote }) => quote);
  return cited.map(({ quote, title, headingPath }, i) => ({
    id: String(i + 1),
    text: quote,
    context: [title, ...headingPath, ...quotes.filter((_, other) => other !== i)].join('\n'),
  }));
}

/** The verdict on a sentence from those on its claims; its score is that of the weakest. */
function sumUp(all: readonly ClaimVerdict[]): SentenceVerdict {
  const claims = all.filter(({ status }) => status !== 'not-a-claim');
  const weakest = claims.toSorted((a, b) => a.score - b.score)[0];
  if (weakest === undefined) return { verdict: 'not-a-claim', score: 0, reason: null };
  const conflict = claims.find(({ status }) => status === 'contradicted');
  if (conflict !== undefined) return { verdict: 'contradicted', score: weakest.score, reason: conflict.reason };
  const open = claims.find(({ status }) => status !== 'supported');
  if (open === undefined) return { verdict: 'supported', score: weakest.score, reason: null };
  const some = claims.some(({ status }) => status === 'supported' || status === 'partly');
  return { verdict: some ? 'partly' : 'unverified', score: weakest.score, reason: open.reason };
}
