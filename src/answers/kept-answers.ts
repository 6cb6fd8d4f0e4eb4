import type { TenantContext } from '../base/index.ts';
import type { Answer } from './answer.ts';
import type { Events } from '../store/index.ts';
import { type ConflictEntry, type ConflictQuery, listConflicts, resolveConflict } from './conflicts/review-queue.ts';
import { type Feedback, keepFeedback } from './feedback/keep-feedback.ts';
import { type ComparedAnswers, compareAnswers } from './replay/compare-answers.ts';
import { type Replay, replayAnswer } from './replay/replay-answer.ts';
import { type ReplayChoices, replayChoices } from './replay/replay-choices.ts';
import type { AnswerServices } from './services.ts';
import { findAnswer } from './stored-answers.ts';

/** What can be done with answers after they were given. */
export interface KeptAnswers {
  /** The question of a kept answer again. @throws PlumblineError `answer.not-found`, `prompt.not-found` */
  replay(context: TenantContext, replay: Replay): Promise<Answer>;
  /** What it can be made again with. @throws PlumblineError `answer.not-found` */
  replayChoices(context: TenantContext, id: string): Promise<ReplayChoices>;
  /** Two kept answers, claim by claim. @throws PlumblineError `answer.not-found` */
  compare(context: TenantContext, ids: { readonly before: string; readonly after: string }): Promise<ComparedAnswers>;
  /** Documents that disagree, as answers came upon them, newest first. */
  conflicts(context: TenantContext, query: ConflictQuery): Promise<ConflictEntry[]>;
  /** @throws PlumblineError `conflict.not-found` */
  resolveConflict(
    context: TenantContext,
    given: { readonly id: string; readonly resolution: string },
  ): Promise<ConflictEntry>;
  /** @returns the feedback's id @throws PlumblineError `answer.not-found`, `feedback.invalid` */
  keepFeedback(
    context: TenantContext,
    given: { readonly answerId: string; readonly feedback: Feedback },
  ): Promise<string>;
}

/** {@link KeptAnswers} over the store. */
export function openKeptAnswers(services: AnswerServices & { readonly events: Events }): KeptAnswers {
  const { database } = services;
  return {
    replay: (context, replay) => replayAnswer(services, context, replay),
    replayChoices: (context, id) => replayChoices(services, context, id),
    compare: async (context, { before, after }) => {
      const [was, is] = [await findAnswer(database, context, before), await findAnswer(database, context, after)];
      return compareAnswers(was, is);
    },
    conflicts: (context, query) => listConflicts(database, context, query),
    resolveConflict: (context, given) => resolveConflict(database, context, given),
    keepFeedback: (context, given) => keepFeedback(services, context, given),
  };
}
