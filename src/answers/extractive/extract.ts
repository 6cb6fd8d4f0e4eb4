import { channel } from 'node:diagnostics_channel';
import { analyse, languageOfQuestion } from '../../retrieval/index.ts';
import type { Embedder } from '../../models/index.ts';
import type { Grounds } from '../confidence/signs.ts';
import { type FoundConflict, findConflicts } from '../conflicts/find-conflicts.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { findReadings, ofOneSubject, type Reading } from '../readings/find-readings.ts';
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts';
import { chooseSentences, repeats } from './choose-sentences.ts';
import { type Decision, decide, isOpen } from './decide.ts';
import { questionParts } from './question-parts.ts';
import { type Asked, readQuestion, type ScoredSentence, scoreByMeaning, scoreByWords } from './score-sentences.ts';
import type { SentenceOdds } from './sentence-odds.ts';
import type { SentenceVectors } from './sentence-vectors.ts';

/** Sentences whose meaning is compared with the question's: some 3 ms each the first time. */
export const COMPARED = 10;

/** Tells whoever subscribes what each question found, as `{text, evidence}`: for learning weights from. */
const evidenceChannel = channel('plumbline:answers:evidence');

/** What the sources say, in their own words. */
export interface Extract {
  /** The sentences of the answer, best first. */
  readonly chosen: readonly ScoredSentence[];
  /** Pairs of them that disagree. */
  readonly conflicts: readonly FoundConflict[];
  readonly decision: Decision;
  readonly asked: Asked;
  /** What the question may mean, where the sources answer each otherwise; []: one thing. */
  readonly readings: readonly Reading[];
}

/** What choosing sentences stands on. */
export interface ExtractServices {
  readonly embedder: Embedder;
  readonly vectors: SentenceVectors;
  readonly odds: SentenceOdds;
}

/** What is asked of sentences. */
export interface ExtractQuestion {
  readonly text: string;
  /** Whether to decide without the reader of answers. */
  readonly unread: boolean;
  readonly signal: AbortSignal;
}

/** Picks the sentences that answer a question, by words first and then by meaning; each question in it by itself. */
export async function extract(
  services: ExtractServices,
  evidence: Evidence,
  question: ExtractQuestion,
): Promise<Extract> {
  const { signal } = question;
  if (evidenceChannel.hasSubscribers) evidenceChannel.publish({ text: question.text, evidence });
  const language = languageOfQuestion(question.text);
  const sentences = candidateSentences(evidence.passages, language);
  const parts = questionParts(question.text);
  const whole = await rank(services, sentences, { ...evidence, text: question.text, signal });
  const rankings = parts.length === 1 ? [whole] : await rankParts(services, sentences, { parts, language, signal });
  const grounds = { ...whole, passages: evidence.passages, odds: null };
  // The reader has a thread of its own: what is said is chosen meanwhile.
  const reading = question.unread ? null : readBest(services, grounds, signal);
  const [odds, said] = await Promise.all([reading, sayingsOf(rankings, signal)]);
  // A disagreement is never hidden because its best side reads like no answer: each side speaks of what the other does.
  const decision = decide({ ...grounds, odds: said.conflicts.length > 0 ? null : odds });
  return { asked: whole.asked, ...said, decision };
}

/** What the reader of answers says of the best sentence; null where that would change nothing, or it has nothing to say. */
async function readBest({ odds }: ExtractServices, grounds: Grounds, signal: AbortSignal): Promise<number | null> {
  const [best] = grounds.ranked;
  return best === undefined || !isOpen(grounds) ? null : await odds.of(grounds.asked.text, best.sentence, signal);
}

/** What is said to each question, and where the sources disagree. */
async function sayingsOf(
  rankings: readonly Ranking[],
  signal: AbortSignal,
): Promise<Pick<Extract, 'chosen' | 'conflicts' | 'readings'>> {
  const chosen: ScoredSentence[] = [];
  const conflicts: FoundConflict[] = [];
  const readings: Reading[] = [];
  for (const { asked, ranked } of rankings) {
    const own = chooseSentences(ranked, asked).filter((each) => !chosen.some((other) => repeats(other, each)));
    chosen.push(...own);
    const disagreeing = await findConflicts(ranked, { asked, signal });
    const found = ofOneSubject(disagreeing);
    if (rankings.length === 1) readings.push(...findReadings(ranked, { asked, disagreeing }));
    conflicts.push(...found);
    for (const { sides } of found)
      chosen.push(
        ...sides
          .filter((side) => !chosen.some((other) => repeats(other, side.sentence)))
          .map(({ sentence }) => sentence),
      );
  }
  return { chosen, conflicts, readings };
}

interface Ranking {
  readonly asked: Asked;
  readonly ranked: readonly ScoredSentence[];
}

async function rank(
  { vectors }: ExtractServices,
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

async function rankParts(
  services: ExtractServices,
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
      rank(services, sentences, { text, terms: analyse(text, language), vector: asked[i] ?? null, signal }),
    ),
  );
}
