import { analyse, BoundedCache } from '../../retrieval/index.ts';
import type { Passage } from '../evidence/passage.ts';
import { type Statement, statementsOf } from './statements.ts';
import { tellRow } from './tell-row.ts';

/** A statement that may carry the answer. `start` and `end` are places in the canonical text. */
export interface CandidateSentence extends ReadStatement {
  readonly passage: Passage;
}

/** A statement with its words. */
interface ReadStatement extends Statement {
  readonly text: string;
  /** For a reader: on one line, a table's row as `Column: cell; Column: cell`. */
  readonly readable: string;
  readonly terms: ReadonlySet<string>;
  /** Terms of what stands above it: title, headings, label, column names. */
  readonly context: ReadonlySet<string>;
  /** It in words that can be understood alone: with its label, a table's row with its column names. */
  readonly meaning: string;
}

/** Longer than this it is a passage, not a sentence. UTF-16 code units. */
const MAX_LENGTH = 700;

/** What was read of passages before, by what it depends on. */
const remembered = new BoundedCache<readonly ReadStatement[]>(16 << 20);

/**
 * The statements of passages, each once, although passages may overlap.
 * @param language ISO 639-1: by whose rules terms are made, the question's; default: English
 */
export function candidateSentences(passages: readonly Passage[], language?: string): CandidateSentence[] {
  const seen = new Set<string>();
  return passages.flatMap((passage) =>
    statementsRead(passage, language).flatMap((statement): CandidateSentence[] => {
      const place = `${passage.versionId}/${statement.start}/${statement.end}`;
      if (seen.has(place)) return [];
      seen.add(place);
      return [{ ...statement, passage }];
    }),
  );
}

/** The statements of a passage, which many questions find. */
function statementsRead(passage: Passage, language: string | undefined): readonly ReadStatement[] {
  const { sourceSha256, start, end, title, headingPath } = passage;
  const key = JSON.stringify([language, sourceSha256, start, end, title, headingPath]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const read = statementsOf(passage.source, passage).flatMap((statement) => {
    const text = passage.source.slice(statement.start, statement.end);
    return text.length > MAX_LENGTH || isHeading(text, passage)
      ? []
      : [readStatement(passage, { statement, text, language })];
  });
  // Copies, because V8 would keep the whole source alive for slices of it.
  const own = structuredClone(read);
  remembered.set(
    key,
    own,
    own.reduce((sum, each) => sum + weightOf(each), key.length),
  );
  return own;
}

/** Bytes of memory, about. */
function weightOf({ text, readable, meaning, about, label, terms, context }: ReadStatement): number {
  const units = [text, readable, meaning, about, label ?? ''].reduce((sum, each) => sum + each.length, 0);
  return 500 + 2 * units + 60 * (terms.size + context.size);
}

function isHeading(text: string, passage: Passage): boolean {
  const bare = text.trim();
  return bare === passage.title || passage.headingPath.includes(bare);
}

function readStatement(
  passage: Passage,
  of: { readonly statement: Statement; readonly text: string; readonly language: string | undefined },
): ReadStatement {
  const { statement, text, language } = of;
  const { label, about } = statement;
  const above = [passage.title, ...passage.headingPath, label ?? '', about].join(' ');
  const readable = readableText(passage.source, statement);
  const heading = label ?? passage.headingPath.at(-1) ?? passage.title;
  return {
    ...statement,
    text,
    readable,
    terms: new Set(analyse(apart(text), language)),
    context: new Set(analyse(apart(above), language)),
    meaning: `${heading}: ${statement.kind === 'record' && about !== '' ? `${about}; ` : ''}${apart(readable)}`,
  };
}

function readableText(source: string, statement: Statement): string {
  const text = source.slice(statement.start, statement.end);
  const { columns } = statement;
  return columns === null ? oneLine(text) : tellRow(text, source.slice(columns.start, columns.end));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether two are the same stretch of the same text, in whatever passages they were found. */
export function isSameSentence(one: CandidateSentence, other: CandidateSentence): boolean {
  return one.passage.versionId === other.passage.versionId && one.start === other.start && one.end === other.end;
}

/** `firstResponse` → `first Response`. */
export function apart(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}
