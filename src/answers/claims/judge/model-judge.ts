import { fromUnknown, type PlumblineError, type TenantContext } from '../../../base/index.ts';
import type { ModelCalls } from '../../../models/index.ts';
import { passagesFor } from '../passages.ts';
import { JUDGE_PROMPT, judgePrompt } from './judge-prompt.ts';
import type { Judge } from './judge-verifier.ts';
import { judgeReply, readJudgement } from './read-judgement.ts';

/** What a model judge needs. */
export interface ModelJudgeParts {
  readonly models: Pick<ModelCalls, 'object'>;
  /** Hears of calls that failed, replies that do not fit among them; the verdict of the level before stands. */
  readonly onFailure: (failure: { readonly code: string }) => void;
}

/** About 6,000 tokens of passages. */
const ROOM = { wholeSource: 4_000, around: 800, total: 24_000 };
const DEADLINE_MS = 20_000;
const LONGEST_REPLY_TOKENS = 600;
/** How often the model may mend a reply that is not the object asked for. */
const REPAIRS = 1;

/** Asks the model of the task `judge`. Its quotes are looked up in the sources; passages are data to it, never instructions. */
export function modelJudge(context: TenantContext, { models, onFailure }: ModelJudgeParts): Judge {
  return async (text, sources, signal) => {
    const claim = { text, start: 0, end: text.length, sentence: 0, cites: null, isClaim: true };
    const passages = passagesFor({ claim, sources }, ROOM);
    if (passages.length === 0) return null;
    try {
      const reply = await models.object(context, {
        task: 'judge',
        feature: 'answers',
        schema: judgeReply,
        name: 'judgement',
        repairs: REPAIRS,
        messages: judgePrompt(text, passages),
        temperature: 0,
        maxOutputTokens: LONGEST_REPLY_TOKENS,
        deadlineMs: DEADLINE_MS,
        cache: { promptVersion: JUDGE_PROMPT },
        signal,
      });
      return readJudgement(reply.object, passages, sources);
    } catch (error) {
      signal.throwIfAborted();
      const failure: PlumblineError = fromUnknown(error);
      onFailure({ code: failure.code });
      return null;
    }
  };
}
