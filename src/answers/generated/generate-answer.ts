import { fromUnknown, type TenantContext } from '../../base/index.ts';
import type { ModelReply } from '../../models/index.ts';
import { answerMessages, NO_ANSWER, repairMessages } from '../../prompts/index.ts';
import type { AnswerRecord, AnswerSentence, Citation } from '../answer.ts';
import { addCitation } from '../evidence/cite.ts';
import type { Passage } from '../evidence/passage.ts';
import type { AnswerServices } from '../services.ts';
import { verifySentences } from '../verify-sentences.ts';
import { CitationReader } from './citation-reader.ts';
import { citedSentences } from './cited-sentences.ts';
import { type Generated, type Generation, isUnsupported, type NotGenerated, recordOf } from './generation.ts';

interface Draft {
  readonly reply: ModelReply;
  readonly raw: string;
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
}

/** Longest reply, in tokens. */
const MAX_OUTPUT_TOKENS = 1_000;

/**
 * Asks a model, shows its words as they come, checks each sentence against the passages it cites, and does what the policy
 * says: repair once, then drop, mark or withhold. Never throws for what a model does or says; an abort is thrown.
 */
export async function generateAnswer(
  services: AnswerServices,
  context: TenantContext,
  given: Generation,
): Promise<Generated | NotGenerated> {
  const shown = { any: false };
  const made: Draft[] = [];
  try {
    const first = await draft(services, context, { given, messages: answerMessages(given.prompt), shown });
    made.push(first);
    if (isNoAnswer(first.raw))
      return {
        why: 'no-answer',
        reason: reasonIn(first.raw),
        record: recordOf(given, repliesOf([first])),
        shown: shown.any,
      };
    const failed = first.sentences.filter(isUnsupported);
    if (failed.length === 0) return finished(first, { record: recordOf(given, repliesOf([first])), changed: false });
    if (!given.policy.repair) return settle(given, { drafts: [first], shown });
    const messages = repairMessages(given.prompt, { reply: first.raw, failed });
    const silent = { ...given, making: { ...given.making, emit: () => undefined } };
    const second = await draft(services, context, { given: silent, messages, shown: { any: false } });
    return settle(given, { drafts: isNoAnswer(second.raw) ? [first] : [first, second], shown });
  } catch (thrown) {
    given.signal.throwIfAborted();
    const { code, message } = fromUnknown(thrown);
    services.log.warn('No model answered; the answer is extractive.', { code });
    const record = { ...recordOf(given, repliesOf(made)), unheard: { code, message } };
    return { why: 'failed', reason: message, record, shown: shown.any };
  }
}

async function draft(
  services: AnswerServices,
  context: TenantContext,
  on: {
    readonly given: Generation;
    readonly messages: ReturnType<typeof answerMessages>;
    readonly shown: { any: boolean };
  },
): Promise<Draft> {
  const { given, messages, shown } = on;
  const { model, models } = given;
  const stream = models.stream(context, {
    task: 'answer',
    feature: 'answers',
    messages,
    maxOutputTokens: Math.min(given.maxTokens ?? MAX_OUTPUT_TOKENS, MAX_OUTPUT_TOKENS),
    temperature: 0,
    cachePrompt: true,
    signal: given.signal,
    ...(model === null ? {} : { model }),
  });
  const reader = new CitationReader(given.passages.length);
  const citations: Citation[] = [];
  const show = (words: string, raw: string): void => {
    if (isNoAnswer(raw)) return;
    for (const { passage } of reader.marks) tellCitation(citations, given, passage);
    if (words === '') return;
    shown.any = true;
    given.making.emit({ type: 'text.added', data: { text: words } });
  };
  let raw = '';
  let waiting = '';
  for await (const piece of stream.text) {
    raw += piece;
    waiting += reader.push(piece);
    if (NO_ANSWER.startsWith(raw.trimStart())) continue; // It may still become an abstention.
    await given.onRecord;
    show(waiting, raw);
    waiting = '';
  }
  await given.onRecord;
  show(waiting + reader.end(), raw);
  const numbers = new Map(reader.marks.map(({ passage }) => [passage, tellCitation(citations, given, passage)]));
  const drafted = citedSentences(reader.text, reader.marks).map(({ text, passages }) => ({
    text,
    citations: passages.map((passage) => numbers.get(passage) as number),
  }));
  const checking = { signal: given.signal, verifiers: given.verifiers };
  const sentences = await verifySentences(drafted, citations, checking);
  return { reply: await stream.reply, raw, text: reader.text, sentences, citations };
}

/** The position of a passage's citation; a new one is told. */
function tellCitation(citations: Citation[], given: Generation, passage: number): number {
  const { index, added } = addCitation(citations, given.passages[passage - 1] as Passage);
  if (added !== null) given.making.emit({ type: 'citation.added', data: { index, citation: added } });
  return index;
}

/** What the policy makes of sentences that failed. */
function settle(
  given: Generation,
  made: { readonly drafts: readonly Draft[]; readonly shown: { readonly any: boolean } },
): Generated | NotGenerated {
  const last = made.drafts.at(-1) as Draft;
  const record = recordOf(given, repliesOf(made.drafts));
  const kept = last.sentences.filter((each) => !isUnsupported(each));
  const changed = made.drafts.length > 1 || kept.length < last.sentences.length;
  const { unsupported } = given.policy;
  if (unsupported === 'mark') return finished(last, { record, changed: made.drafts.length > 1 });
  const claims = kept.filter(({ verdict }) => verdict !== 'not-a-claim');
  if (claims.length === 0 || (unsupported === 'withhold' && kept.length < last.sentences.length)) {
    const failed = last.sentences.find(isUnsupported);
    const reason = `A sentence of the answer is not carried by its sources${failed?.reason ? `: ${failed.reason}` : ''}.`;
    return { why: unsupported === 'withhold' ? 'withheld' : 'dropped', reason, record, shown: made.shown.any };
  }
  const whole = kept.length === last.sentences.length;
  const text = whole ? last.text : kept.map((each) => each.text).join(' ');
  return finished({ ...last, sentences: kept, text }, { record, changed });
}

function finished(
  { text, sentences, citations }: Draft,
  with_: { readonly record: AnswerRecord; readonly changed: boolean },
): Generated {
  return { text, sentences, citations, ...with_ };
}

function repliesOf(drafts: readonly Draft[]): ModelReply[] {
  return drafts.map(({ reply }) => reply);
}

function isNoAnswer(raw: string): boolean {
  return raw.trimStart().startsWith(NO_ANSWER);
}

function reasonIn(raw: string): string {
  const said = raw
    .replace(NO_ANSWER, '')
    .replace(/^[\s:.–-]+/, '')
    .replace(/\[[\d\s,;]*\]/g, '')
    .trim();
  return said === '' ? 'The model found no answer in the passages.' : said;
}
