import { type ModelCalls, type ModelReply, usdOf } from '../../models/index.ts';
import type { AnswerPromptParts } from '../../prompts/index.ts';
import type { AnswerObject, AnswerRecord, AnswerSentence, Citation } from '../answer.ts';
import type { ClaimVerifier } from '../claims/index.ts';
import type { Passage } from '../evidence/passage.ts';
import type { Making } from '../stream/answer-streams.ts';

/** What is done with sentences that the passages do not carry. */
export interface Policy {
  /** Whether the model is asked once more, with what failed. */
  readonly repair: boolean;
  /** Then: leave them out, show them with their verdict, or give no generated answer at all. */
  readonly unsupported: 'drop' | 'mark' | 'withhold';
}

/** Unless a request says otherwise. */
export const DEFAULT_POLICY: Policy = { repair: true, unsupported: 'drop' };

/** A generated answer, checked. */
export interface Generated {
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly record: AnswerRecord;
  /** What was shown while it was made is not what it says: the reader has to begin anew. */
  readonly changed: boolean;
  /** Where JSON was asked for; nothing of it was shown yet. */
  readonly object?: AnswerObject;
}

/** Why there is no generated answer. */
export interface NotGenerated {
  /** `no-answer`: the model found none; `withheld`: the policy; `dropped`: nothing was left; `failed`: no model answered as it should. */
  readonly why: 'no-answer' | 'withheld' | 'dropped' | 'failed';
  /** In a sentence. */
  readonly reason: string;
  readonly record: AnswerRecord;
  /** Whether words were shown that no longer count. */
  readonly shown: boolean;
}

/** What a model is asked, and on whose behalf. */
export interface Generation {
  readonly prompt: AnswerPromptParts;
  readonly passages: readonly Passage[];
  /** How they were chosen. */
  readonly reading: readonly string[];
  readonly policy: Policy;
  readonly models: Pick<ModelCalls, 'stream' | 'object'>;
  /** Only this model of the registry; null: as the task is routed. */
  readonly model: string | null;
  /** Of the reply. */
  readonly maxTokens?: number;
  readonly making: Making;
  /** Words may be shown: their documents are on record. */
  readonly onRecord: Promise<void>;
  readonly verifiers: readonly ClaimVerifier[];
  readonly signal: AbortSignal;
}

/** No source carries it. */
export function isUnsupported({ verdict }: AnswerSentence): boolean {
  return verdict === 'contradicted' || verdict === 'unverified';
}

/** What a model was asked with, and what its replies cost together. */
export function recordOf(
  { prompt, reading }: Generation,
  replies: readonly Pick<ModelReply, 'model' | 'usage'>[],
): AnswerRecord {
  const sum = (of: (reply: Pick<ModelReply, 'usage'>) => number): number =>
    replies.reduce((total, each) => total + of(each), 0);
  return {
    prompt: `${prompt.template.name}@${prompt.template.version}`,
    model: replies.at(-1)?.model ?? null,
    inputTokens: sum(({ usage }) => usage.inputTokens),
    outputTokens: sum(({ usage }) => usage.outputTokens),
    costUsd: sum(({ usage }) => usdOf(usage.costNanoUsd)),
    replayOf: null,
    reading,
  };
}
