import type { TenantContext } from '../base/index.ts';
import type { Answer, AnswerRecord } from './answer.ts';
import { attemptTwice } from './attempt-twice.ts';
import { type Composition, standings } from './compose.ts';
import type { Conflict } from './conflicts/conflict.ts';
import type { FoundConflict } from './conflicts/find-conflicts.ts';
import { sourceFacts } from './conflicts/source-facts.ts';
import { weighConflict } from './conflicts/weigh-conflict.ts';
import { gatherEvidence } from './correctives/gather-evidence.ts';
import { draftFrom } from './draft-from.ts';
import type { Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import { Stages } from './stages.ts';
import type { Making } from './stream/answer-streams.ts';
import { tellRest } from './tell.ts';
import { verifyQuotes } from './verify-quotes.ts';
import { verifySentences } from './verify-sentences.ts';

/** Passages read for an answer. */
const PASSAGES = 12;

/** Nobody wrote it: the sources' own words. */
export const NO_MODEL: AnswerRecord = {
  prompt: null,
  model: null,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  replayOf: null,
  reading: [],
};

/** What making an answer gives; the rest is known beforehand. */
export type AnswerInMaking = Omit<Answer, 'id' | 'question' | 'collection' | 'asOf' | 'createdAt'>;

/**
 * Answers a question in words: retrieve → generate, and extract beside it → once more where nothing answers → draft → verify, each said
 * on the way.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `prompt.not-found`
 */
export async function answerWords(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making; readonly asOf: number },
): Promise<AnswerInMaking> {
  const { question, making, asOf } = given;
  const { collection, signal } = question;
  const stages = new Stages(making);
  const asked = { collection, question: question.text, asOf, filter: question.filter, limit: PASSAGES, after: null };
  const query = { ...asked, signal };
  const gathered = await gatherEvidence(services, context, query);
  stages.done('retrieve', gathered.whole.timings);
  const { best, spent } = await attemptTwice(services, context, { ...given, query, gathered, stages });
  const { whole, extracted, generated, unanswered } = best;
  const drafted = draftFrom(whole, extracted, { generated, format: question.generation?.format ?? 'text' });
  verifyQuotes([...drafted.citations, ...drafted.nearest], whole.passages);
  const conflicts = await weighed(services, context, { found: extracted.conflicts, composed: drafted });
  const checking = { signal, verifiers: services.verifiersFor?.(context, collection) ?? [] };
  const sentences = drafted.checked ?? (await verifySentences(drafted.sentences, drafted.citations, checking));
  stages.done('verify');
  const { checked: _, told, cited, ...rest } = drafted;
  const reason = rest.kind === 'extractive' ? namedUnanswered(unanswered) : rest.reason;
  const made = { ...rest, reason, sentences, conflicts };
  tellRest(making, made, { told, cited });
  return {
    ...made,
    timings: stages.timings(),
    candidates: standings(whole.passages, made.citations),
    record: { ...(generated?.record ?? NO_MODEL), ...spent },
  };
}

function namedUnanswered(unanswered: readonly string[]): string | null {
  if (unanswered.length === 0) return null;
  return `Nothing answers: ${unanswered.map((part) => `“${part.replace(/[?\s]+$/, '')}?”`).join(', ')}.`;
}

/** The conflicts between what is cited, with what speaks for each side. */
async function weighed(
  { database }: AnswerServices,
  context: TenantContext,
  given: { readonly found: readonly FoundConflict[]; readonly composed: Composition },
): Promise<Conflict[]> {
  const { found, composed } = given;
  if (composed.citations.length === 0) return [];
  const versions = found.flatMap(({ sides }) => sides.map(({ sentence }) => sentence.sentence.passage.versionId));
  const facts = await sourceFacts(database, context, [...new Set(versions)]);
  return found.flatMap((each) => weighConflict(each, composed.citations, facts) ?? []);
}
