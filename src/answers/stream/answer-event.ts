import type { ErrorKind } from '../../base/index.ts';
import type { Answer, Citation } from '../answer.ts';
import type { Conflict } from '../conflicts/conflict.ts';
import type { SentenceVerdict } from '../answer.ts';

/** What is done, and how long it took. `queued`, at most once a second: it waits; `ahead` answers are made before it. */
interface StageCompleted {
  readonly type: 'stage.completed';
  readonly data: { readonly stage: string; readonly ms: number; readonly ahead?: number };
}

/** Words to append to the answer's text; those of all such events since the last restart, joined, are the text. */
interface TextAdded {
  readonly type: 'text.added';
  readonly data: { readonly text: string };
}

/** A source, at its position in the answer's citations. */
interface CitationAdded {
  readonly type: 'citation.added';
  readonly data: { readonly index: number; readonly citation: Citation };
}

/** What checking a sentence came to; `sentence` counts from 0. */
interface ClaimVerified {
  readonly type: 'claim.verified';
  readonly data: { readonly sentence: number; readonly citations: readonly number[] } & SentenceVerdict;
}

/** Sources disagree. */
interface ConflictFound {
  readonly type: 'conflict.found';
  readonly data: { readonly conflict: Conflict };
}

/** The answer as it is stored. The last event. */
interface AnswerCompleted {
  readonly type: 'answer.completed';
  readonly data: { readonly answer: Answer };
}

/** There will be no answer; `code` says why (`answer.stopped` when the caller stopped it), `kind` who can do something. The last event. */
interface AnswerFailed {
  readonly type: 'answer.failed';
  readonly data: { readonly code: string; readonly kind: ErrorKind; readonly detail: string };
}

/** What was sent since the beginning no longer counts: the answer begins anew. */
interface AnswerRestarted {
  readonly type: 'answer.restarted';
  readonly data: { readonly reason: string };
}

/** One step of an answer in the making. */
export type AnswerEvent =
  | StageCompleted
  | TextAdded
  | CitationAdded
  | ClaimVerified
  | ConflictFound
  | AnswerCompleted
  | AnswerFailed
  | AnswerRestarted;

/** An event with its place in its answer, from 1 without gaps. */
export type NumberedEvent = AnswerEvent & { readonly seq: number };

/** Hears of each step; must not throw or block. */
export type Emit = (event: AnswerEvent) => void;

/** Whether nothing follows. */
export function isLast(event: AnswerEvent): boolean {
  return event.type === 'answer.completed' || event.type === 'answer.failed';
}

/** Whether it holds words of documents, or words made of them. */
export function showsWords({ type }: AnswerEvent): boolean {
  return type !== 'stage.completed' && type !== 'answer.restarted' && type !== 'answer.failed';
}
