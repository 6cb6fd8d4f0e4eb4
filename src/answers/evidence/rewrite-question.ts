import { hash } from 'node:crypto';
import { z } from 'zod';
import { fromUnknown, type TenantContext } from '../../base/index.ts';
import type { ModelCalls } from '../../models/index.ts';
import { REWRITE_PROMPT, type RewriteKind, rewriteMessages } from '../../prompts/index.ts';
import type { StageRecord } from '../../retrieval/index.ts';

/** Another wording of a question, as a model wrote it: data, searched for and nothing else. */
export interface Rewording {
  readonly kind: RewriteKind;
  readonly text: string;
}

/** What a model made of a question. */
export interface Rewritten {
  readonly rewordings: readonly Rewording[];
  /** Null: no model was to be asked. */
  readonly record: StageRecord | null;
}

/** A search waits so long for the model at most, retries and fallbacks included. */
const DEADLINE_MS = 3_000;
const MAX_OUTPUT_TOKENS = 500;
/** Of one kind; of all kinds together. */
const MOST_OF_KIND = 3;
const MOST = 6;
const LONGEST: Readonly<Record<RewriteKind, number>> = { variants: 300, parts: 300, general: 300, passage: 800 };

const NONE: Rewritten = { rewordings: [], record: null };
const strings = z.array(z.string());
const SHAPES = { variants: strings, parts: strings, general: z.string(), passage: z.string() } as const;

/**
 * Asks the model of the task `rewrite` for other wordings, in one call. What it fails at, or has not done in
 * three seconds, is left out: the question itself is searched in any case. Only an abort is thrown.
 */
export async function rewriteQuestion(
  models: Pick<ModelCalls, 'has' | 'object'>,
  context: TenantContext,
  asked: { readonly question: string; readonly kinds: readonly RewriteKind[]; readonly signal: AbortSignal },
): Promise<Rewritten> {
  const { question, kinds, signal } = asked;
  if (kinds.length === 0 || !models.has('rewrite')) return NONE;
  const started = performance.now();
  const record = (what: string): StageRecord => {
    return { stage: 'rewriting', what, ms: performance.now() - started, ranking: [] };
  };
  try {
    const reply = await models.object(context, {
      task: 'rewrite',
      feature: 'search',
      schema: z.object(Object.fromEntries(kinds.map((kind) => [kind, SHAPES[kind].optional()]))),
      name: 'rewriting',
      repairs: 0,
      messages: rewriteMessages({ question, kinds, fence: `data-${hash('sha256', question, 'hex').slice(0, 12)}` }),
      temperature: 0,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      deadlineMs: DEADLINE_MS,
      cache: { promptVersion: REWRITE_PROMPT },
      signal,
    });
    const rewordings = readRewordings(question, kinds, reply.object);
    const counted = kinds.map((kind) => `${rewordings.filter((each) => each.kind === kind).length} ${kind}`).join(', ');
    return { rewordings, record: record(`${reply.model ?? 'no model'} wrote ${counted}`) };
  } catch (error) {
    signal.throwIfAborted();
    return { rewordings: [], record: { ...record(`left out: ${fromUnknown(error).code}`), failed: true } };
  }
}

/**
 * The wordings worth searching for: those with words, cut to a length, each once, none that only repeats the question.
 * @param said what the model replied, of any shape
 */
export function readRewordings(
  question: string,
  kinds: readonly RewriteKind[],
  said: Readonly<Record<string, unknown>>,
): Rewording[] {
  const seen = new Set([plain(question)]);
  const rewordings = kinds.flatMap((kind) => {
    const given = said[kind];
    const texts = (Array.isArray(given) ? given : [given]).filter((text) => typeof text === 'string');
    return texts.slice(0, MOST_OF_KIND).map((text) => ({ kind, text: tidied(text).slice(0, LONGEST[kind]) }));
  });
  const fresh = rewordings.filter(({ text }) => {
    const key = plain(text);
    const isNew = /[\p{L}\p{N}]/u.test(text) && !seen.has(key);
    seen.add(key);
    return isNew;
  });
  return fresh.slice(0, MOST);
}

function tidied(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
