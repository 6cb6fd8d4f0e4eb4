/**
 * Question → evidence → the best sentences, quoted and cited, or an abstention. Every quote is checked against its
 * source before it is shown. Never says what no source says. Start with `ask.ts`, `make-answer.ts` and `answer-words.ts`; then
 * `extractive/`, `generated/`, `conflicts/`, `claims/`.
 */
export type {
  Answer,
  AnswerCandidate,
  AnswerKind,
  AnswerObject,
  AnswerRecord,
  AnswerSentence,
  Citation,
  Missing,
  SentenceVerdict,
  Verdict,
} from './answer.ts';
export type { Between } from './changes/asked-change.ts';
export { ask } from './ask.ts';
export type { GenerationOptions, Question } from './question.ts';
export {
  type ClaimSource,
  type ClaimVerdict,
  type ClaimVerifier,
  configuredVerifiers,
  type Judge,
  judgeVerifier,
  verifyClaims,
} from './claims/index.ts';
export type { Conflict, ConflictSide } from './conflicts/conflict.ts';
export { asksTheSame } from './questions/same-question.ts';
export type { ConflictEntry } from './conflicts/review-queue.ts';
export { type KeptAnswers, openKeptAnswers } from './kept-answers.ts';
export type { AnswerSide, ComparedAnswers } from './replay/compare-answers.ts';
export { type FittedWeight, type Fitting, fitWeight } from './fitting/fit-weight.ts';
export { SentenceOdds } from './extractive/sentence-odds.ts';
export { SentenceVectors } from './extractive/sentence-vectors.ts';
export type { FoundChunks } from './evidence/retrieve.ts';
export { type SearchPage, type SearchQuery, type SearchResult, search } from './search.ts';
export type { AnswerServices } from './services.ts';
export { configuredReranker } from './evidence/configured-reranker.ts';
export { CollectionWords } from './evidence/collection-words.ts';
export { Excerpts } from './evidence/excerpts.ts';
export { SourceTexts } from './evidence/source-texts.ts';
export { findAnswer } from './stored-answers.ts';
export type { AnswerEvent, NumberedEvent } from './stream/answer-event.ts';
export { AnswerStreams } from './stream/answer-streams.ts';
export { openStreams, requestOf } from './stream/open-streams.ts';
export { QueryLog } from './query-log/query-log.ts';
export { type Warmed, warmCaches, type Warming } from './query-log/warm-caches.ts';
export { keepPruned } from './keep-pruned.ts';
export { Turns } from './stream/turns.ts';
