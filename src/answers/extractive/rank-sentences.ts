import type { Embedder } from '../../models/index.ts';
import { analyse } from '../../retrieval/index.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import type { CandidateSentence } from './candidate-sentences.ts';
import { type Asked, readQuestion, type ScoredSentence, scoreByMeaning, scoreByWords } from './score-sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';

/** Sentences whose meaning is compared with the question's: some 3 ms each the first time. */
export const COMPARED = 10;

/** What ranking sentences stands on. */
export interface RankServices {
  readonly embedder: Embedder;
  readonly vectors: SentenceVectors;
}

/** A question, and the sentences that may answer it. */
export interface Ranking {
  readonly asked: Asked;
  /** Best first. */
  readonly ranked: readonly ScoredSentence[];
}

/** Ranks sentences for a question: all by words, the first of them by meaning. */
export async function rankSentences(
  { vectors }: RankServices,
  sentences: readonly CandidateSentence[],
  given: Pick<Evidence, 'terms' | 'vector'> & { readonly text: string; readonly signal: AbortSignal },
): Promise<Ranking> {
  const asked = readQuestion(given.text, given.terms, sentences);
  const compared = scoreByWords(asked, sentences).slice(0, COMPARED);
  if (given.vector === null) return { asked, ranked: compared };
  const meanings = await vectors.of(
    compared.map((each) => each.sentence.meaning),
    given.signal,
  );
  return { asked, ranked: scoreByMeaning(compared, given.vector, meanings) };
}

/** {@link rankSentences} for each question in one by itself. */
export async function rankParts(
  services: RankServices,
  sentences: readonly CandidateSentence[],
  {
    parts,
    language,
    signal,
  }: { readonly parts: readonly string[]; readonly language: string; readonly signal: AbortSignal },
): Promise<Ranking[]> {
  const asked = await services.embedder.embed([...parts], { purpose: 'query', signal });
  return await Promise.all(
    parts.map((text, i) =>
      rankSentences(services, sentences, {
        text,
        terms: analyse(text, language),
        vector: asked[i] ?? null,
        signal,
      }),
    ),
  );
}
