import { fromUnknown, type TenantContext } from '../../base/index.ts';
import type { Collection } from '../../ingest/index.ts';
import { condenseMessages } from '../../prompts/index.ts';
import type { AnswerServices } from '../services.ts';
import { condense } from './condense.ts';

/** Questions before this one that are read: what was said long before is rarely meant. */
const EARLIER = 6;

/** A follow-up waits no longer for a model; the rules are there. */
const DEADLINE_MS = 5_000;
const LONGEST_REPLY_TOKENS = 120;

/** Longer than this it is no question, but an answer or an essay. UTF-16 code units. */
const LONGEST = 500;

/** What a follow-up asks, read alone. */
export interface ReadFollowUp {
  readonly text: string;
  /** `model`, or `rule`. */
  readonly by: 'model' | 'rule';
}

/**
 * Reads a question in the light of the asker's earlier ones: by the model of the task `rewrite` where there is one, else by rule.
 * Never throws for what a model does; an abort is thrown.
 * @param given.earlier oldest first
 * @returns null when it stands by itself
 */
export async function readFollowUp(
  services: Pick<AnswerServices, 'modelsFor' | 'log' | 'newId'>,
  context: TenantContext,
  given: {
    readonly collection: Collection;
    readonly earlier: readonly string[];
    readonly question: string;
    readonly signal: AbortSignal;
  },
): Promise<ReadFollowUp | null> {
  const { question, signal } = given;
  const earlier = given.earlier.slice(-EARLIER);
  if (earlier.length === 0) return null;
  const byRule = condense(earlier, question);
  const rule = byRule === null ? null : ({ text: byRule, by: 'rule' } as const);
  const models = services.modelsFor(given.collection);
  if (!models.has('rewrite')) return rule;
  try {
    const reply = await models.generate(context, {
      task: 'rewrite',
      feature: 'answers',
      messages: condenseMessages({ earlier, question, fence: `data-${services.newId().slice(-12)}` }),
      maxOutputTokens: LONGEST_REPLY_TOKENS,
      temperature: 0,
      deadlineMs: DEADLINE_MS,
      signal,
    });
    const text = reply.text.trim().replace(/^["“]|["”]$/g, '');
    if (text === '' || text.length > LONGEST || text.includes('\n')) return rule;
    return text === question.trim() ? null : { text, by: 'model' };
  } catch (thrown) {
    signal.throwIfAborted();
    services.log.warn('No model read the follow-up; it is read by rule.', { code: fromUnknown(thrown).code });
    return rule;
  }
}
