import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TenantContext } from '../../base/index.ts';
import { isOutsidePage } from '../../ingest/index.ts';
import { analyse } from '../../retrieval/index.ts';
import type { Answer, AnswerSentence, Citation } from '../answer.ts';
import type { Question } from '../question.ts';
import { cite } from '../evidence/cite.ts';
import { retrieve } from '../evidence/retrieve.ts';
import { DOCUMENT_KINDS } from '../readings/document-kinds.ts';
import type { AnswerServices } from '../services.ts';
import { verifyQuotes } from '../verify-quotes.ts';
import type { AskedChange, Moment } from './asked-change.ts';
import { looksLikeHeading } from './looks-like-heading.ts';
import { diffStatements, onOneLine, type Stated, statementsIn } from './diff-statements.ts';
import {
  type ComparedVersion,
  type HeadingsAt,
  readHeadings,
  type VersionPair,
  versionsBetween,
} from './versions-between.ts';

/** Changes told in one answer. */
const MOST_TOLD = 20;

/** Passages at each moment whose documents the question may be about. */
const PASSAGES = 12;

/** Statements shorter than this are headings and marks. UTF-16 code units. */
const SHORTEST = 8;

/** Something that changed: positions in `Answer.citations`. */
export interface ChangedStatement {
  /** Null: it is new. */
  readonly before: number | null;
  /** Null: it is gone. */
  readonly after: number | null;
}

/** What changed between two moments or versions. */
export interface AnsweredChanges {
  /** ISO 8601 UTC, or `version 2`. */
  readonly from: string;
  readonly to: string;
  /** One per sentence of the answer. */
  readonly items: readonly ChangedStatement[];
  /** Changes that are not told. */
  readonly more: number;
}

/** What an answer about changes consists of. */
export type ChangesDraft = Pick<Answer, 'kind' | 'text' | 'sentences' | 'citations' | 'reason'> & {
  readonly changes: AnsweredChanges;
};

interface Told {
  readonly pair: VersionPair;
  readonly before: Stated | null;
  readonly after: Stated | null;
  /** How much of what is asked about it names: 0…1. */
  readonly about: number;
}

/**
 * Answers what changed from the differences of the versions that were valid, each told in both wordings with its version and
 * dates. Only documents the asker may read are compared.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`
 */
export async function answerChanges(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly asked: AskedChange },
): Promise<ChangesDraft> {
  const { question, asked } = given;
  const documentIds = await documentsAbout(services, context, given);
  const wanted = { ...asked, collectionId: question.collection.id, documentIds };
  const pairs = await versionsBetween(services, context, wanted);
  if (pairs === null) return tooMany(asked);
  const terms = termsOf(asked);
  const told: Told[] = [];
  for (const pair of pairs) {
    told.push(...changesOf(pair, terms));
    await nextTurn(); // A long text takes some milliseconds.
    question.signal.throwIfAborted();
  }
  const versions = [...new Set(told.flatMap(({ pair }) => [pair.before, pair.after]))].flatMap((each) => each ?? []);
  const ids = versions.map(({ versionId }) => versionId);
  const headingsAt = await readHeadings(services.database, context, ids);
  const seen = told.filter((each) => isSeen(each, headingsAt));
  const best = Math.max(0, ...seen.map(({ about }) => about));
  const kept = terms.size === 0 ? seen : seen.filter(({ about }) => about > 0 && about >= best * 0.99);
  const draft = drafted(kept, { asked, headingsAt });
  verifyQuotes(
    draft.citations,
    pairs.flatMap(({ before, after }) => [before, after].flatMap((version) => version ?? [])),
  );
  return draft;
}

/** What a change has to be about; “the travel policy” is about travel. */
function termsOf({ topic }: AskedChange): ReadonlySet<string> {
  const terms = analyse(topic);
  const things = terms.filter((term) => !DOCUMENT_KINDS.has(term));
  return new Set(things.length === 0 ? terms : things);
}

/** Documents found for what is asked about, then and now; null: it asks about all. */
async function documentsAbout(
  services: AnswerServices,
  context: TenantContext,
  { question, asked }: { readonly question: Question; readonly asked: AskedChange },
): Promise<string[] | null> {
  const { collection, filter, signal } = question;
  const isTopic = analyse(asked.topic).length > 0;
  if (!isTopic && filter.op === 'all') return null;
  const text = isTopic ? asked.topic : question.text;
  const now = question.asOf ?? services.clock();
  const moments = new Set([asked.from, asked.to].map((moment) => ('at' in moment ? moment.at : now)));
  const found = await Promise.all(
    [...moments].map((asOf) =>
      retrieve(services, context, { collection, question: text, asOf, filter, limit: PASSAGES, after: null, signal }),
    ),
  );
  return [...new Set(found.flatMap(({ passages }) => passages.map((each) => each.documentId)))];
}

function changesOf(pair: VersionPair, terms: ReadonlySet<string>): Told[] {
  const { before, after } = pair;
  if (before !== null && before.sourceSha256 === after?.sourceSha256) return [];
  const changes =
    before === null || after === null
      ? [{ before: first(before), after: first(after) }]
      : diffStatements(before.source, after.source).filter((each) => isTold(each.before) && isTold(each.after));
  const title = new Set(analyse(`${before?.title ?? ''} ${after?.title ?? ''}`));
  return changes.map((change) => {
    const own = new Set(analyse(`${change.before?.text ?? ''} ${change.after?.text ?? ''}`));
    const common = [...terms].filter((term) => own.has(term) || title.has(term));
    return { pair, ...change, about: common.length / Math.max(1, terms.size) };
  });
}

function isTold(stated: Stated | null): boolean {
  return stated === null || stated.text.length >= SHORTEST;
}

/** Text that no reader of its page can see is not told of, nor are headings: they say nothing. */
function isSeen({ pair, before, after }: Told, headingsAt: HeadingsAt): boolean {
  const hides = (version: ComparedVersion | null, stated: Stated | null): boolean => {
    if (version === null || stated === null) return false;
    const headings = headingsAt(version.versionId, stated.start);
    const text = onOneLine(stated.text);
    if (isOutsidePage(headings) || headings.includes(text) || text === version.title) return true;
    return looksLikeHeading(version.source, stated);
  };
  return !hides(pair.before, before) && !hides(pair.after, after);
}

/** How a document that is new, or gone, begins. */
function first(version: ComparedVersion | null): Stated | null {
  if (version === null) return null;
  const statements = statementsIn(version.source);
  return statements.find(({ text }) => text !== version.title && text.length > 3 * SHORTEST) ?? statements[0] ?? null;
}

function drafted(
  all: readonly Told[],
  { asked, headingsAt }: { readonly asked: AskedChange; readonly headingsAt: HeadingsAt },
): ChangesDraft {
  const told = all.slice(0, MOST_TOLD);
  const citations: Citation[] = [];
  const cited = (version: ComparedVersion | null, stated: Stated | null): number | null =>
    version === null || stated === null ? null : citations.push(quoted(version, stated, headingsAt)) - 1;
  const items = told.map(({ pair, before, after }) => {
    return { before: cited(pair.before, before), after: cited(pair.after, after) };
  });
  const sentences = told.map((change, i): AnswerSentence => {
    const { before, after } = items[i] as ChangedStatement;
    const numbers = [before, after].filter((each) => each !== null);
    return { text: sentenceOf(change), citations: numbers, verdict: 'supported', score: 1, reason: null };
  });
  const changes = { from: named(asked.from), to: named(asked.to), items, more: all.length - told.length };
  const text = sentences.map((each) => each.text).join(' ');
  const kind = told.length === 0 ? 'abstained' : 'extractive';
  return { kind, text, sentences, citations, reason: reasonOf(changes, asked), changes };
}

function tooMany({ from, to, topic }: AskedChange): ChangesDraft {
  const about = topic === '' ? 'of this collection' : `about “${topic}”`;
  return {
    kind: 'abstained',
    text: '',
    sentences: [],
    citations: [],
    reason: `More documents ${about} changed than can be compared at once. Name a document, or what you want to know of it.`,
    changes: { from: named(from), to: named(to), items: [], more: 0 },
  };
}

function reasonOf({ from, to, items, more }: AnsweredChanges, { topic }: AskedChange): string | null {
  if (more > 0) return `${more} more changes are not told; name what you want to know of.`;
  if (items.length > 0) return null;
  const about = topic === '' ? 'No document that you may read' : `Nothing you may read about “${topic}”`;
  return `${about} says anything else at ${to} than at ${from}.`;
}

function sentenceOf({ pair, before, after }: Told): string {
  const was = worded(pair.before, before);
  const is = worded(pair.after, after);
  const title = pair.after?.title ?? pair.before?.title ?? '';
  if (pair.before === null) return `${title} is new: ${is}.`;
  if (pair.after === null) return `${title} is no longer valid: ${was}.`;
  if (before === null) return `${title} now also says ${is}.`;
  return after === null ? `${title} no longer says ${was}.` : `${title} said ${was} and now says ${is}.`;
}

function worded(version: ComparedVersion | null, stated: Stated | null): string {
  return version === null || stated === null ? '' : `“${onOneLine(stated.text)}” (${namedVersion(version)})`;
}

/** `version 2, valid from 2025-01-01`, and until when. */
function namedVersion({ version, effectiveFrom, effectiveTo }: ComparedVersion): string {
  const until = effectiveTo === null ? '' : ` until ${dayOf(effectiveTo)}`;
  return `version ${version}, valid from ${dayOf(effectiveFrom)}${until}`;
}

function quoted(version: ComparedVersion, { start, end }: Stated, headingsAt: HeadingsAt): Citation {
  return cite({ ...version, headingPath: headingsAt(version.versionId, start) }, { start, end, label: null });
}

function named(moment: Moment): string {
  return 'version' in moment ? `version ${moment.version}` : new Date(moment.at).toISOString();
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
