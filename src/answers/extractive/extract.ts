import type { Embedder } from '../../models/index.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts';
import { chooseSentences } from './choose-sentences.ts';
import { type Decision, decide } from './decide.ts';
import { rarity, type ScoredSentence, scoreSentences } from './score-sentences.ts';

/** Sentences whose meaning is compared with the question's: about 2 ms each. */
const COMPARED = 16;

/** What the sources say, in their own words. */
export interface Extract {
  /** The sentences of the answer, best first. */
  readonly chosen: readonly ScoredSentence[];
  readonly decision: Decision;
}

/** Picks the sentences that answer a question, by words first and then by meaning. */
export async function extract(
  embedder: Embedder,
  evidence: Evidence,
  question: { readonly text: string; readonly signal: AbortSignal },
): Promise<Extract> {
  const sentences = candidateSentences(evidence.passages);
  const weights = rarity(evidence.terms, sentences);
  const byWords = scoreSentences(sentences, weights, new Map()).slice(0, COMPARED);
  const compared = byWords.map((each) => each.sentence);
  const ranked = scoreSentences(compared, weights, await cosines(embedder, compared, question));
  const chosen = chooseSentences(ranked);
  return { chosen, decision: decide(chosen) };
}

async function cosines(
  embedder: Embedder,
  sentences: readonly CandidateSentence[],
  question: { readonly text: string; readonly signal: AbortSignal },
): Promise<Map<CandidateSentence, number>> {
  if (sentences.length === 0) return new Map();
  const texts = [question.text, ...sentences.map(inContext)];
  const [asked, ...vectors] = await embedder.embed(texts, { purpose: 'query', signal: question.signal });
  return new Map(sentences.map((sentence, i) => [sentence, asked === undefined ? 0 : dot(asked, vectors[i] ?? asked)]));
}

/** A sentence with its nearest heading, without which "It is 30 days" says little. */
function inContext(sentence: CandidateSentence): string {
  const heading = sentence.passage.headingPath.at(-1) ?? sentence.passage.title;
  return `${heading}: ${sentence.text}`;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
