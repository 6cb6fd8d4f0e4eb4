import { z } from 'zod';
import { fromUnknown, type TenantContext } from '../../base/index.ts';
import type { ModelMessage, ObjectReply } from '../../models/index.ts';
import { answerMessages, repairMessages } from '../../prompts/index.ts';
import type { AnswerSentence, Citation } from '../answer.ts';
import { addCitation } from '../evidence/cite.ts';
import type { Passage } from '../evidence/passage.ts';
import { CitationUnknown } from '../generated/citation-reader.ts';
import {
  type Generated,
  type Generation,
  isUnsupported,
  type NotGenerated,
  recordOf,
} from '../generated/generation.ts';
import type { AnswerServices } from '../services.ts';
import { verifySentences } from '../verify-sentences.ts';
import { isStatement, leafVerdict } from './leaf-verdict.ts';
import { leavesOf, pointerOf, writtenJson } from './leaves.ts';
import { type CheckedLeaf, prune } from './prune.ts';
import { isChoice, type JsonSchema, readSchema } from './read-schema.ts';

/** Longest reply, in tokens: a value, and the words that carry it. */
const MAX_OUTPUT_TOKENS = 4_000;

/** What the model writes: the value, and for each leaf the words of a passage that carry it. */
function replySchema(value: z.ZodType) {
  const claim = z.object({ pointer: z.string(), statement: z.string(), passages: z.array(z.number().int()) });
  return z.object({ answer: value.nullable(), missing: z.string().nullable(), claims: z.array(claim) });
}

type Reply = z.infer<ReturnType<typeof replySchema>>;

interface Draft {
  readonly reply: ObjectReply<Reply>;
  readonly leaves: readonly CheckedLeaf[];
  readonly citations: readonly Citation[];
}

/**
 * Asks a model to fill in a schema from the passages, checks every text, number and yes or no against the words it names for it, and
 * does what the policy says: repair once, then leave out, mark or withhold. Never throws for what a model does or says; an abort is
 * thrown.
 */
export async function generateObject(
  services: AnswerServices,
  context: TenantContext,
  given: Generation & { readonly schema: JsonSchema },
): Promise<Generated | NotGenerated> {
  const schema = readSchema(given.schema);
  const made: Draft[] = [];
  const record = () =>
    recordOf(
      given,
      made.map(({ reply }) => reply),
    );
  try {
    const first = await draft(context, { given, schema, messages: answerMessages(given.prompt) });
    made.push(first);
    if (first.reply.object.answer === null) {
      const reason = first.reply.object.missing?.trim() || 'The model found no answer in the passages.';
      return { why: 'no-answer', reason, record: record(), shown: false };
    }
    const failed = first.leaves.filter(hasFailed);
    if (failed.length > 0 && given.policy.repair) {
      const named = failed.map(({ leaf, sentence }) => ({ text: pointerOf(leaf.path), reason: sentence.reason }));
      const messages = repairMessages(given.prompt, { reply: JSON.stringify(first.reply.object), failed: named });
      const second = await draft(context, { given, schema, messages });
      made.push(second);
      if (second.reply.object.answer !== null) return settle(given, { draft: second, schema, record: record() });
    }
    return settle(given, { draft: first, schema, record: record() });
  } catch (thrown) {
    given.signal.throwIfAborted();
    const { code, message } = fromUnknown(thrown);
    services.log.warn('No model answered by the schema.', { code });
    return { why: 'failed', reason: message, record: { ...record(), unheard: { code, message } }, shown: false };
  }
}

async function draft(
  context: TenantContext,
  on: {
    readonly given: Generation & { readonly schema: JsonSchema };
    readonly schema: z.ZodType;
    readonly messages: readonly ModelMessage[];
  },
): Promise<Draft> {
  const { given, schema, messages } = on;
  const { model, maxTokens = MAX_OUTPUT_TOKENS } = given;
  const reply = await given.models.object(context, {
    task: 'answer',
    feature: 'answers',
    messages,
    schema: replySchema(schema),
    name: 'answer',
    maxOutputTokens: Math.min(maxTokens, MAX_OUTPUT_TOKENS),
    temperature: 0,
    cachePrompt: true,
    signal: given.signal,
    ...(model === null ? {} : { model }),
  });
  return { reply, ...(await checked(reply.object, given)) };
}

/** Each leaf with the verdict on it, and what they cite. */
async function checked(
  { answer, claims }: Reply,
  given: Generation & { readonly schema: JsonSchema },
): Promise<Pick<Draft, 'leaves' | 'citations'>> {
  const citations: Citation[] = [];
  const said = new Map(claims.map((claim) => [claim.pointer, claim]));
  const leaves = leavesOf(answer).map((leaf) => ({ leaf, claim: said.get(pointerOf(leaf.path)) }));
  const drafts = leaves.map(({ leaf, claim }) => {
    const cited = (claim?.passages ?? []).map((passage) => citedAt(citations, given.passages, passage));
    const text = isStatement(leaf) ? String(leaf.value) : (claim?.statement ?? '').trim();
    return { text, citations: [...new Set(cited)] };
  });
  const verdicts = await verifySentences(drafts, citations, { signal: given.signal, verifiers: given.verifiers });
  return {
    citations,
    leaves: leaves.map(({ leaf }, i): CheckedLeaf => {
      const sentence = verdicts[i] as AnswerSentence;
      const named = sentence.text !== '' && sentence.citations.length > 0;
      const place = { pointer: pointerOf(leaf.path), chosen: isChoice(given.schema, leaf.path) };
      return { leaf, sentence: leafVerdict(leaf, named ? sentence : null, place) };
    }),
  };
}

/** @throws CitationUnknown */
function citedAt(citations: Citation[], passages: readonly Passage[], passage: number): number {
  const source = passages[passage - 1];
  if (source === undefined) throw new CitationUnknown(String(passage), passages.length);
  return addCitation(citations, source).index;
}

function hasFailed({ sentence }: CheckedLeaf): boolean {
  return isUnsupported(sentence);
}

/** What the policy makes of leaves that failed. */
function settle(
  { policy }: Generation,
  made: { readonly draft: Draft; readonly schema: z.ZodType; readonly record: Generated['record'] },
): Generated | NotGenerated {
  const { draft: last, schema, record } = made;
  const whole = { value: last.reply.object.answer, leaves: last.leaves };
  const failed = last.leaves.find(hasFailed);
  const refused = (why: 'withheld' | 'dropped'): NotGenerated => {
    const reason =
      failed === undefined
        ? 'The model gave a value that says nothing.'
        : `No source carries the value at ${pointerOf(failed.leaf.path)}${failed.sentence.reason ? `: ${failed.sentence.reason}` : '.'}`;
    return { why, reason, record, shown: false };
  };
  if (last.leaves.length === 0) return refused('dropped');
  if (failed === undefined || policy.unsupported === 'mark') return finished(whole, last.citations, record);
  if (policy.unsupported === 'withhold') return refused('withheld');
  const kept = prune(whole, hasFailed, schema);
  return kept === null ? refused('dropped') : finished(kept, last.citations, record);
}

function finished(
  { value, leaves }: { readonly value: unknown; readonly leaves: readonly CheckedLeaf[] },
  all: readonly Citation[],
  record: Generated['record'],
): Generated {
  const { text, places } = writtenJson(value);
  const used = [...new Set(leaves.flatMap(({ sentence }) => sentence.citations))].sort((a, b) => a - b);
  const sentences = leaves.map(({ sentence }) => {
    return { ...sentence, citations: sentence.citations.map((index) => used.indexOf(index)) };
  });
  const found = leaves.map(({ leaf }, sentence) => {
    const pointer = pointerOf(leaf.path);
    const { start, end } = places.get(pointer) ?? { start: 0, end: 0 };
    return { pointer, sentence, start, end };
  });
  const citations = used.map((index) => all[index] as Citation);
  return { text, sentences, citations, record, changed: false, object: { value, leaves: found } };
}
