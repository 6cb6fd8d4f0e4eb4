import type { DocumentWords } from './document-words.ts';

/** So many of the best documents suggest terms, */
const FEEDBACK_DOCUMENTS = 5;
/** and so many terms are taken. Both from the range usual for RM3 (Abdul-Jaleel et al., TREC 2004). */
const FEEDBACK_TERMS = 10;
/** How fast a document's say falls with its score: one 0.2 below the best has e⁻¹ of its say. */
const TEMPERATURE = 0.2;

/** A document of the ranking: its best chunk's score. */
interface RankedVersion {
  readonly versionId: string;
  readonly score: number;
}

/**
 * The question's terms and those that stand out in the best documents, weighted: pseudo-relevance feedback in the manner of
 * RM3, terms ranked by their share of the documents' words times their rarity.
 * @param ranked best first, each version once
 * @param mix what the suggested terms weigh together, 0…1; the question's weigh the rest
 * @returns term → weight; the weights sum to 1
 */
export function expandTerms(
  words: DocumentWords,
  terms: readonly string[],
  { ranked, mix }: { readonly ranked: readonly RankedVersion[]; readonly mix: number },
): Map<string, number> {
  const own = new Set(terms);
  const suggested = suggestions(words, ranked.slice(0, FEEDBACK_DOCUMENTS));
  const total = suggested.reduce((sum, [, value]) => sum + value, 0);
  const ownShare = total > 0 ? 1 - mix : 1;
  const weights = new Map([...own].map((term) => [term, ownShare / own.size]));
  for (const [term, value] of suggested) weights.set(term, (weights.get(term) ?? 0) + (mix * value) / total);
  return weights;
}

function suggestions(words: DocumentWords, feedback: readonly RankedVersion[]): (readonly [string, number])[] {
  const best = feedback[0]?.score ?? 0;
  const says = feedback.map(({ score }) => Math.exp((score - best) / TEMPERATURE));
  const all = says.reduce((sum, say) => sum + say, 0);
  const voices = feedback.map(({ versionId }, index) => ({ versionId, say: (says[index] ?? 0) / all }));
  return words.standingOut(voices, FEEDBACK_TERMS);
}
