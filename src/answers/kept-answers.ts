import type { TenantContext } from '../base/index.ts';
import type { Events } from '../store/index.ts';
import { type ConflictEntry, type ConflictQuery, listConflicts, resolveConflict } from './conflicts/review-queue.ts';
import { type Feedback, keepFeedback } from './feedback/keep-feedback.ts';
import type { AnswerServices } from './services.ts';

/** What can be done with answers after they were given. */
export interface KeptAnswers {
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
    conflicts: (context, query) => listConflicts(database, context, query),
    resolveConflict: (context, given) => resolveConflict(database, context, given),
    keepFeedback: (context, given) => keepFeedback(services, context, given),
  };
}
