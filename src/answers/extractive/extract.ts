import { channel } from 'node:diagnostics_channel';
import { languageOfQuestion } from '../../retrieval/index.ts';
import type { Grounds } from '../confidence/signs.ts';
import type { Evidence } from '../evidence/retrieve.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { eachOnce } from './choose-sentences.ts';
import { type Decision, decide, isOpen } from './decide.ts';
import { questionParts } from './question-parts.ts';
import { askTables, TOLD_BY_TABLE } from '../tables/ask-tables.ts';
import { rankParts, rankSentences, type RankServices } from './rank-sentences.ts';
import { type Sayings, sayingsOf } from './sayings.ts';
import type { ScoredSentence } from './score-sentences.ts';
import type { SentenceOdds } from './sentence-odds.ts';

/** Tells whoever subscribes what each question found, as `{text, evidence}`: for learning weights from. */
const evidenceChannel = channel('plumbline:answers:evidence');

/** What the sources say, in their own words. */
export interface Extract extends Sayings {
  readonly decision: Decision;
  /** What the whole question was decided on. */
  readonly grounds: Grounds;
}

/** What choosing sentences stands on. */
export interface ExtractServices extends RankServices {
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
  return await extractFrom(services, await groundsOf(services, evidence, question), question);
}

/** What a question as a whole is decided on, before anything is read or said to it. */
export async function groundsOf(
  services: RankServices,
  evidence: Evidence,
  { text, signal }: Pick<ExtractQuestion, 'text' | 'signal'>,
): Promise<Grounds> {
  if (evidenceChannel.hasSubscribers) evidenceChannel.publish({ text, evidence });
  const { passages } = evidence;
  const sentences = candidateSentences(passages, languageOfQuestion(text));
  return { ...(await rankSentences(services, sentences, { ...evidence, text, signal })), passages, odds: null };
}

/** {@link extract} by the grounds of the same question. */
export async function extractFrom(
  services: ExtractServices,
  found: Grounds,
  { text, unread, signal }: ExtractQuestion,
): Promise<Extract> {
  const language = languageOfQuestion(text);
  const parts = questionParts(text);
  const reader = unread ? null : services.odds;
  const table = parts.length === 1 ? askTables(found) : null;
  const grounds = table === null ? found : { ...found, ranked: table.others };
  if (table !== null && table.told !== null) return await extractTold(reader, { grounds, told: table.told, signal });
  const rankings =
    parts.length === 1
      ? [grounds]
      : await rankParts(services, candidateSentences(found.passages, language), { parts, language, signal });
  // The reader has a thread of its own: what is said is chosen meanwhile.
  const [odds, said] = await Promise.all([
    readBest(reader, grounds, signal),
    sayingsOf(rankings, { odds: reader, signal }),
  ]);
  // A disagreement is never hidden because its best side reads like no answer: each side speaks of what the other does.
  const isRead = odds !== null && said.conflicts.length === 0;
  const judged = { ...grounds, odds: isRead ? { own: odds, most: odds } : null };
  return { ...said, decision: decide(judged), grounds: judged };
}

/** What a whole table tells, and what disagrees with it. Nobody has to read whether its rows answer. */
async function extractTold(
  odds: SentenceOdds | null,
  given: { readonly grounds: Grounds; readonly told: readonly ScoredSentence[]; readonly signal: AbortSignal },
): Promise<Extract> {
  const { told, signal } = given;
  const ranked = [...told, ...given.grounds.ranked];
  const grounds = { ...given.grounds, ranked, odds: { own: TOLD_BY_TABLE, most: TOLD_BY_TABLE } };
  const said = await sayingsOf([grounds], { odds, signal });
  const { confidence } = decide(grounds);
  return { ...said, chosen: eachOnce([...told, ...said.chosen]), decision: { answer: true, confidence }, grounds };
}

/** What the reader of answers says of the best sentence; null where that would change nothing, or it has nothing to say. */
async function readBest(odds: SentenceOdds | null, grounds: Grounds, signal: AbortSignal): Promise<number | null> {
  const [best] = grounds.ranked;
  if (odds === null || best === undefined || !isOpen(grounds)) return null;
  return await odds.of(grounds.asked.text, best.sentence, signal);
}
