import type { Embedder } from '../../models/index.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { chooseSentences } from './choose-sentences.ts';
import { type Decision, decide } from './decide.ts';
import { type Asked, readQuestion, type ScoredSentence, scoreByMeaning, scoreByWords } from './score-sentences.ts';

/** Sentences whose meaning is compared with the question's: some 3 ms each. 12 find no more than 8 do. */
const COMPARED = 8;

/** What the sources say, in their own words. */
export interface Extract {
  /** The sentences of the answer, best first. */
  readonly chosen: readonly ScoredSentence[];
  readonly decision: Decision;
  readonly asked: Asked;
}

/** Picks the sentences that answer a question, by words first and then by meaning. */
export async function extract(
  embedder: Embedder,
  evidence: Evidence,
  question: { readonly text: string; readonly signal: AbortSignal },
): Promise<Extract> {
  const sentences = candidateSentences(evidence.passages);
  const asked = readQuestion(question.text, evidence.terms, sentences);
  const compared = scoreByWords(asked, sentences).slice(0, COMPARED);
  const vectors = await embedder.embed(
    compared.map((each) => each.sentence.meaning),
    { purpose: 'document', signal: question.signal },
  );
  const ranked = evidence.vector === null ? compared : scoreByMeaning(compared, evidence.vector, vectors);
  const passage = Math.max(0, ...evidence.passages.map((each) => each.candidate.cosine ?? 0));
  return { asked, chosen: chooseSentences(ranked, asked), decision: decide({ best: ranked[0], passage }) };
}
