import { cellsOf, isRow, type Span, splitSentences } from '../../ingest/index.ts';
import { splitRecord } from './split-record.ts';

/** A stretch of a canonical text that can be quoted and understood by itself. Half-open, UTF-16 code units. */
export interface Statement extends Span {
  readonly kind: 'sentence' | 'table-row' | 'record';
  /** The nearest line above that only names what follows; null: none. */
  readonly label: string | null;
  /** The row of column names above a table's row; null otherwise. */
  readonly columns: Span | null;
  /** Words that say what it is about and stand elsewhere: what a record's parts have in common. */
  readonly about: string;
}

/** How far before the stretch the column names and the label of its beginning are looked for. UTF-16 code units. */
const LOOK_BACK = 2_000;

/** A label is a short line: a heading, a question, an introduction of a list. */
const LONGEST_LABEL = 80;

/** Shorter than this a sentence ("Yes.") needs the next one. */
const SHORT = 12;

/** Begins by pointing back: says little without the sentence before. */
const POINTS_BACK =
  /^(?:it|its|this|that|these|those(?! who)|they|their|them|he|she|his|her|such|otherwise|the same|(?:both|each|none) (?:of|has|have|is|are)|in (?:this|that|these|those) cases?)\b/i;

/**
 * The statements of a stretch of a canonical text: sentences of prose (with the one before when they point back to it),
 * rows of tables, parts of records. Headings are none; they become labels.
 * @param stretch half-open, into `source`; statements that only begin in it are given whole
 */
export function statementsOf(source: string, stretch: Span): Statement[] {
  const from = windowStart(source, stretch.start);
  const statements: Statement[] = [];
  let label: string | null = null;
  const all = paragraphs(source, { start: from, end: stretch.end });
  for (const [i, paragraph] of all.entries()) {
    const own = label;
    const text = source.slice(paragraph.start, paragraph.end);
    const next = all[i + 1];
    const isTitle =
      paragraph.start === 0 && next !== undefined && isTitleAbove(text, source.slice(next.start, next.end));
    if (isTitle || isLabel(text)) label = bareLabel(text);
    else if (isTable(text)) statements.push(...tableRows(source, paragraph, own));
    else {
      const read = proseOf(source, paragraph, own);
      statements.push(...read.statements);
      label = read.label;
    }
  }
  return statements.filter((each) => each.end > stretch.start);
}

/** Some way before the stretch, at the beginning of a paragraph. */
function windowStart(source: string, start: number): number {
  const earliest = Math.max(0, start - LOOK_BACK);
  if (earliest === 0) return 0;
  const gap = source.indexOf('\n\n', earliest);
  return gap === -1 || gap > start ? start : gap + 2;
}

function paragraphs(source: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let from = start;
  for (const gap of source.slice(start, end).matchAll(/\n\s*\n/g)) {
    found.push({ start: from, end: start + gap.index });
    from = start + gap.index + gap[0].length;
  }
  found.push({ start: from, end });
  return found.filter((each) => source.slice(each.start, each.end).trim() !== '');
}

/** `Name: value`. */
const NAMED = /^\s*[^:\n]{1,40}: \S/;

function isLabel(text: string): boolean {
  return isShortLine(text) && !NAMED.test(text);
}

/** One line that ends without a mark. */
function isShortLine(text: string): boolean {
  const line = text.trim();
  if (line.length > LONGEST_LABEL || line.includes('\n') || isRow(line)) return false;
  return !/[.!;,]["'”’)]?$/.test(line) && !/^[-*+•◦▪–] /.test(line);
}

/** `Pressing: how it is done`: words of a sentence go on behind the colon, no value. */
const TITLE = /^\s*[^:\n\d]{1,40}: \p{Ll}[^\s:\d]* [^:\d]+$/u;

/** Whether a document's first line is its title, and not the first of several `Name: value`. */
function isTitleAbove(text: string, next: string): boolean {
  return isShortLine(text) && TITLE.test(text) && !NAMED.test(next);
}

function bareLabel(text: string): string {
  return text.trim().replace(/:$/, '');
}

function isTable(text: string): boolean {
  return text
    .trim()
    .split('\n')
    .every((line) => isRow(line.trim()));
}

function tableRows(source: string, table: Span, label: string | null): Statement[] {
  const lines = linesOf(source, table);
  const [first] = lines;
  if (first === undefined) return [];
  const named = lines.length > 1 && namesColumns(source.slice(first.start, first.end));
  return (named ? lines.slice(1) : lines).map((line) => ({
    ...line,
    kind: 'table-row',
    label,
    columns: named ? first : null,
    about: named ? cellsOf(source.slice(first.start, first.end)).join(' ').trim() : '',
  }));
}

/** Names rarely hold figures; rows often do. */
function namesColumns(row: string): boolean {
  const cells = cellsOf(row);
  return cells.filter((cell) => /\d/.test(cell)).length * 2 <= cells.length;
}

function linesOf(source: string, span: Span): Span[] {
  const found: Span[] = [];
  for (const line of source.slice(span.start, span.end).matchAll(/[^\n]*\S/g)) {
    found.push({ start: span.start + line.index, end: span.start + line.index + line[0].length });
  }
  return found;
}

/** The statements of a paragraph, and the label of what follows it. */
interface Prose {
  readonly statements: Statement[];
  readonly label: string | null;
}

function proseOf(source: string, paragraph: Span, label: string | null): Prose {
  const sentences = splitSentences(source.slice(paragraph.start, paragraph.end)).map((each) => ({
    start: paragraph.start + each.start,
    end: paragraph.start + each.end,
  }));
  const read = sentencesRead(source, sentences, label);
  const [first, second] = sentences;
  const runIn = first === undefined || second === undefined ? null : runInHeading(source.slice(first.start, first.end));
  if (runIn === null) return read;
  const statements = read.statements.map((each) =>
    each.start === first?.start || each.label !== label ? each : { ...each, label: runIn },
  );
  return { ...read, statements };
}

function sentencesRead(source: string, sentences: readonly Span[], label: string | null): Prose {
  const statements: Statement[] = [];
  let own = label;
  let before: Span | null = null;
  const [first] = sentences;
  const heads = (text: string): boolean => sentences.length > 1 && runInHeading(text) !== null;
  const needsNext = ({ start, end }: Span): boolean =>
    end - start < SHORT || (start === first?.start && heads(source.slice(start, end)));
  for (const [i, sentence] of sentences.entries()) {
    const text = source.slice(sentence.start, sentence.end);
    const record = splitRecord(text);
    const isIntroduction = record === null && introduces(text, i === 0 && sentences.length > 1);
    if (record !== null) {
      for (const part of record.parts) statements.push(partOf(sentence, part, { label: own, about: record.about }));
    } else if (isIntroduction) own = bareLabel(text);
    else if (before !== null && (needsNext(before) || POINTS_BACK.test(text))) {
      statements.push(sentenceOf({ start: before.start, end: sentence.end }, own));
    } else if (!needsNext(sentence)) statements.push(sentenceOf(sentence, own));
    before = record === null && !isIntroduction ? sentence : null;
  }
  return { statements, label: own };
}

/** A heading that begins its paragraph: `Breakfast. The buffet is open from 6:30. It costs …`. A word or a few, and no reply. */
const RUN_IN =
  /^(?!(?:Yes|No|None|Never|Always|Nothing|Ja|Nein|Oui|Non|Sí)(?!\p{L}))\p{Lu}[\p{L}'’-]*(?: [\p{L}&'’-]+){0,2}\.$/u;

/** `Leave is paid.` is a sentence: the commonest verbs of short ones, in English, German, French and Spanish. */
const SAYS =
  /(?<!\p{L})(?:is|are|was|were|has|have|had|does|do|did|can|cannot|may|must|will|should|ist|sind|war|hat|haben|kann|darf|muss|wird|est|sont|ont|peut|doit|son|está|están|puede|debe)(?!\p{L})/u;

/** The words of such a heading without their mark; null: a paragraph's first sentence is none. */
function runInHeading(text: string): string | null {
  return RUN_IN.test(text) && !SAYS.test(text) ? text.slice(0, -1) : null;
}

/** A line that only names what stands below it. */
function introduces(text: string, leads: boolean): boolean {
  if (text.length > LONGEST_LABEL || text.includes('\n')) return false;
  return text.endsWith(':') || (leads && isLabel(text));
}

function sentenceOf(span: Span, label: string | null): Statement {
  return { ...span, kind: 'sentence', label, columns: null, about: '' };
}

function partOf(record: Span, part: Span, given: Pick<Statement, 'label' | 'about'>): Statement {
  const span = { start: record.start + part.start, end: record.start + part.end };
  return { ...span, ...given, kind: 'record', columns: null };
}
