import type { TenantContext } from '../base/index.ts';
import type { Collection } from '../ingest/index.ts';
import type { Filter } from '../retrieval/index.ts';
import type { Answer, AnswerRecord } from './answer.ts';
import { answerChanges } from './changes/answer-changes.ts';
import { type AskedChange, askedChange, type Between, topicOf } from './changes/asked-change.ts';
import { type AnswerFormat, findPrompt, promptFor, type PromptPassage } from '../prompts/index.ts';
import { type Composition, standings } from './compose.ts';
import { readFollowUp } from './conversation/read-follow-up.ts';
import type { Conflict } from './conflicts/conflict.ts';
import type { FoundConflict } from './conflicts/find-conflicts.ts';
import { sourceFacts } from './conflicts/source-facts.ts';
import { weighConflict } from './conflicts/weigh-conflict.ts';
import { chooseReading, type ReadPassage } from './evidence/reading/choose-reading.ts';
import { type ExtractedParts, extractParts } from './correctives/extract-parts.ts';
import { type Gathered, gatherEvidence, lookAgain } from './correctives/gather-evidence.ts';
import type { Evidence, EvidenceQuery } from './evidence/retrieve.ts';
import { draftFrom } from './draft-from.ts';
import { generateAnswer } from './generated/generate-answer.ts';
import {
  DEFAULT_POLICY,
  type Generated,
  type Generation,
  type NotGenerated,
  type Policy,
} from './generated/generation.ts';
import { checkFormat, generateObject, type JsonSchema } from './objects/index.ts';
import type { AnswerServices } from './services.ts';
import { Stages } from './stages.ts';
import { AnswerOutdated, storeAnswer } from './stored-answers.ts';
import type { Making } from './stream/answer-streams.ts';
import { retell, tell, tellVerdicts } from './tell.ts';
import { verifyQuotes } from './verify-quotes.ts';
import { verifySentences } from './verify-sentences.ts';

/** Passages read for an answer. */
const PASSAGES = 12;

/** A question. */
export interface Question {
  readonly collection: Collection;
  readonly text: string;
  /** Milliseconds since 1970 UTC; null: now. */
  readonly asOf: number | null;
  readonly filter: Filter;
  /** What the asker asked before, oldest first: a follow-up is read in its light. */
  readonly earlier?: readonly string[];
  /** What changed between these, rather than an answer to the words alone; a question in words may name them too. */
  readonly between?: Between;
  /** How a model answers, where one does. */
  readonly generation?: GenerationOptions;
  readonly signal: AbortSignal;
}

/** What is asked beside the question's words and moment, as it is kept with the answer. */
export type AskedWith = Partial<Pick<Question, 'filter' | 'earlier' | 'between' | 'generation'>>;

/** How a model answers; what is left out is the default. */
export interface GenerationOptions {
  /** `name@version` of the prompt. Default: `answer`. */
  readonly prompt?: string;
  /** Only this model of the registry. Default: as the task `answer` is routed. */
  readonly model?: string;
  /** Longest reply; at most, and by default, 1,000. */
  readonly maxTokens?: number;
  /** Default: text. */
  readonly format?: AnswerFormat;
  /** With the format json: a JSON schema of what the answer is to be. */
  readonly schema?: JsonSchema;
  /** What is done with sentences that the passages do not carry. Default: as the collection says; else repair once, then drop. */
  readonly policy?: Partial<Policy>;
  /** The answer this one replays. */
  readonly replayOf?: string;
}

/** Nobody wrote it: the sources' own words. */
const NO_MODEL: AnswerRecord = {
  prompt: null,
  model: null,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  replayOf: null,
  reading: [],
};

/**
 * Answers from the collection's documents, or abstains, and keeps the answer.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`
 */
export async function ask(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  try {
    return await askOnce(services, context, question);
  } catch (error) {
    if (error instanceof AnswerOutdated) return await askOnce(services, context, question);
    throw error;
  }
}

async function askOnce(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  const { signal } = question;
  const turn = services.turns.take(signal);
  const silent: Making = {
    id: services.newId(),
    emit: () => undefined,
    documents: () => Promise.resolve(),
    rest: () => turn.done(),
    signal,
  };
  try {
    await turn.come;
    const answer = await makeAnswer(services, context, { question, making: silent });
    const collectionId = question.collection.id;
    await services.database.withTenant(context, (tx) =>
      storeAnswer(tx, context, { answer, collectionId, newId: services.newId }),
    );
    return answer;
  } finally {
    turn.done();
  }
}

/**
 * Makes an answer and says its steps on the way: retrieve → generate, and extract beside it → decide → verify.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`, `prompt.not-found`
 */
export async function makeAnswer(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making },
): Promise<Answer> {
  const { making } = given;
  const asOf = given.question.asOf ?? services.clock();
  const { generation: options, between } = given.question;
  checkFormat(services.modelsFor(given.question.collection), { ...options, ...(between && { between }) });
  const { question, readAs } = await readInContext(services, context, given);
  const asked = question.generation?.format === 'json' ? null : changeAsked(question, asOf);
  const made =
    asked === null
      ? await answerWords(services, context, { question, making, asOf })
      : await tellChanges(services, context, { question, making, asked });
  const { record, ...rest } = made;
  return {
    id: making.id,
    question: given.question.text.trim(),
    ...readAs,
    ...rest,
    record: { ...record, replayOf: question.generation?.replayOf ?? null, ...askedWith(question) },
    collection: question.collection.name,
    asOf: new Date(asOf).toISOString(),
    createdAt: new Date(services.clock()).toISOString(),
  };
}

/** The question as it is meant after what was asked before. */
async function readInContext(
  services: AnswerServices,
  context: TenantContext,
  { question, making }: { readonly question: Question; readonly making: Making },
): Promise<{ readonly question: Question; readonly readAs: { readonly readAs?: string } }> {
  const { collection, earlier = [], text, signal } = question;
  if (earlier.length === 0) return { question, readAs: {} };
  const stages = new Stages(making);
  const read = await readFollowUp(services, context, { collection, earlier, question: text, signal });
  stages.done('condense');
  if (read === null) return { question, readAs: {} };
  return { question: { ...question, text: read.text }, readAs: { readAs: read.text } };
}

/** What was asked beside words and moment, to be kept with the answer; a filter that lets all pass is none. */
function askedWith({ filter, earlier, between, generation }: Question): { readonly asked?: AskedWith } {
  const { replayOf: _, ...options } = generation ?? {};
  const asked = {
    ...(filter.op !== 'all' && { filter }),
    ...(earlier !== undefined && earlier.length > 0 && { earlier }),
    ...(between !== undefined && { between }),
    ...(Object.keys(options).length > 0 && { generation: options }),
  };
  return Object.keys(asked).length === 0 ? {} : { asked };
}

/** What making an answer gives; the rest is known beforehand. */
type MadeAnswer = Omit<Answer, 'id' | 'question' | 'collection' | 'asOf' | 'createdAt'>;

/** What is asked to have changed; null: nothing. */
function changeAsked({ text, between }: Question, now: number): AskedChange | null {
  const asked = askedChange(text, now);
  return between === undefined ? asked : { topic: topicOf(text), ...asked, ...between };
}

async function tellChanges(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making; readonly asked: AskedChange },
): Promise<MadeAnswer> {
  const stages = new Stages(given.making);
  const draft = await answerChanges(services, context, given);
  stages.done('compare');
  const nothing = { conflicts: [], missing: null, nearest: [], candidates: [], record: NO_MODEL };
  const made = { ...draft, ...nothing, confidence: draft.kind === 'abstained' ? 0 : 1 };
  tell(given.making, made);
  return { ...made, timings: stages.timings() };
}

async function answerWords(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making; readonly asOf: number },
): Promise<MadeAnswer> {
  const { question, making, asOf } = given;
  const { collection, signal } = question;
  const stages = new Stages(making);
  const asked = { collection, question: question.text, asOf, filter: question.filter, limit: PASSAGES, after: null };
  const query = { ...asked, signal };
  const gathered = await gatherEvidence(services, context, query);
  stages.done('retrieve', gathered.whole.timings);
  const first = await attempt(services, context, { ...given, gathered });
  stages.done(first.generated === null ? 'extract' : 'generate');
  const second = await secondAttempt(services, context, { ...given, query, first, gathered, stages });
  const { whole, extracted, generated, unanswered } = second !== null && answers(second) ? second : first;
  const drafted = draftFrom(whole, extracted, { generated, format: question.generation?.format ?? 'text' });
  verifyQuotes([...drafted.citations, ...drafted.nearest], whole.passages);
  const conflicts = await weighed(services, context, { found: extracted.conflicts, composed: drafted });
  const checking = { signal, verifiers: services.verifiersFor?.(context, collection) ?? [] };
  const sentences = drafted.checked ?? (await verifySentences(drafted.sentences, drafted.citations, checking));
  stages.done('verify');
  const { checked: _, told, cited, ...rest } = drafted;
  const reason = rest.kind === 'extractive' ? namedUnanswered(unanswered) : rest.reason;
  const made = { ...rest, reason, sentences, conflicts };
  if (told === 'nothing') tell(making, made);
  else if (told === 'words') tellVerdicts(making, made, cited);
  else retell(making, made);
  return {
    ...made,
    timings: stages.timings(),
    candidates: standings(whole.passages, made.citations),
    record: { ...(generated?.record ?? NO_MODEL), ...spentOn([first, second]) },
  };
}

/** An answer in the making. */
interface Attempt extends ExtractedParts {
  readonly whole: Evidence;
  readonly generated: Generated | NotGenerated | null;
}

async function attempt(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making; readonly asOf: number; readonly gathered: Gathered },
): Promise<Attempt> {
  const { question, making, asOf, gathered } = given;
  const { whole } = gathered;
  const asksModel = whole.passages.length > 0 && services.modelsFor(question.collection).has('answer');
  const extracting = (): Promise<ExtractedParts> =>
    extractParts(services, gathered, { text: question.text, signal: question.signal });
  if (!asksModel) return { ...(await extracting()), whole, generated: null };
  making.rest(); // Waiting for a model is no work.
  // The model is asked first: what is read beside waiting for it must not keep it waiting.
  const asked = Promise.withResolvers<void>();
  const generating = generate(services, context, { question, making, evidence: whole, asOf, onAsked: asked.resolve });
  const [extracted, generated] = await Promise.all([asked.promise.then(extracting), generating]);
  return { ...extracted, whole, generated };
}

/** Where the first attempt found no answer: one more, with what a better search finds. Null: it finds nothing else. */
async function secondAttempt(
  services: AnswerServices,
  context: TenantContext,
  given: Parameters<typeof attempt>[2] & {
    readonly query: EvidenceQuery;
    readonly first: Attempt;
    readonly stages: Stages;
  },
): Promise<Attempt | null> {
  const { query, first, gathered, stages } = given;
  if (answers(first)) return null;
  const again = await lookAgain(services, context, { query, before: gathered });
  const second = again === null ? null : await attempt(services, context, { ...given, gathered: again });
  stages.done('correct');
  return second;
}

/** What models used and cost for all attempts, also for one whose words are not in the answer. */
function spentOn(
  attempts: readonly (Attempt | null)[],
): Pick<AnswerRecord, 'inputTokens' | 'outputTokens' | 'costUsd'> {
  const records = attempts.flatMap((each) => each?.generated?.record ?? []);
  const sum = (of: (record: AnswerRecord) => number): number => records.reduce((total, each) => total + of(each), 0);
  return {
    inputTokens: sum((each) => each.inputTokens),
    outputTokens: sum((each) => each.outputTokens),
    costUsd: sum((each) => each.costUsd),
  };
}

/** A model that said nothing usable is no reason to look again: the sources speak for themselves then. */
function answers({ extracted, generated }: Attempt): boolean {
  if (generated === null) return extracted.decision.answer;
  return !('why' in generated) || generated.why !== 'no-answer';
}

function namedUnanswered(unanswered: readonly string[]): string | null {
  if (unanswered.length === 0) return null;
  return `Nothing answers: ${unanswered.map((part) => `“${part.replace(/[?\s]+$/, '')}?”`).join(', ')}.`;
}

/** What a model makes of the evidence. Words are shown as they come, once their documents are on record, beside asking it. */
async function generate(
  services: AnswerServices,
  context: TenantContext,
  given: {
    readonly question: Question;
    readonly making: Making;
    readonly evidence: Evidence;
    readonly asOf: number;
    /** The request is on its way, as good as. */
    readonly onAsked: () => void;
  },
): Promise<Generated | NotGenerated> {
  const { question, making, evidence, asOf, onAsked } = given;
  const { model = null, format = 'text', policy = {}, maxTokens, schema } = question.generation ?? {};
  const template = findPrompt(question.generation?.prompt ?? promptFor(format));
  const models = services.modelsFor(question.collection);
  const { passages, did: reading } = await chooseReading(services, context, { evidence, models, model });
  const onRecord = making.documents([...new Set(evidence.passages.map((each) => each.documentId))]);
  const asked: Generation = {
    prompt: {
      template,
      question: question.text,
      passages: passages.map(promptPassage),
      format,
      asOf: dayOf(asOf),
      fence: `data-${services.newId().slice(-12)}`,
    },
    passages,
    reading,
    models,
    policy: { ...DEFAULT_POLICY, ...question.collection.settings.policy, ...policy },
    model,
    ...(maxTokens !== undefined && { maxTokens }),
    making,
    onRecord,
    verifiers: services.verifiersFor?.(context, question.collection) ?? [],
    signal: question.signal,
  };
  const written =
    schema === undefined
      ? generateAnswer(services, context, asked)
      : generateObject(services, context, { ...asked, schema });
  onRecord.then(onAsked, onAsked); // Committing takes longer than sending.
  const [generated] = await Promise.all([written, onRecord]);
  return generated;
}

function promptPassage(passage: ReadPassage, index: number): PromptPassage {
  const { title, headingPath: headings, effectiveFrom, text, standsFor } = passage;
  return { number: index + 1, title, headings, validFrom: dayOf(effectiveFrom), text, standsFor };
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The conflicts between what is cited, with what speaks for each side. */
async function weighed(
  { database }: AnswerServices,
  context: TenantContext,
  given: { readonly found: readonly FoundConflict[]; readonly composed: Composition },
): Promise<Conflict[]> {
  const { found, composed } = given;
  if (composed.citations.length === 0) return [];
  const versions = found.flatMap(({ sides }) => sides.map(({ sentence }) => sentence.sentence.passage.versionId));
  const facts = await sourceFacts(database, context, [...new Set(versions)]);
  return found.flatMap((each) => weighConflict(each, composed.citations, facts) ?? []);
}
