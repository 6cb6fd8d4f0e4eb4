import { type RecordField, recordFieldsOf, type Span } from '../../ingest/index.ts';

/** A record taken apart. */
export interface RecordParts {
  /** Half-open, into the record's text. */
  readonly parts: readonly Span[];
  /** What stands once at the beginning and holds for all parts; empty when there is one part. */
  readonly about: string;
}

/**
 * Takes a record `name: value; name: value; …` apart where names come again, as they do when a list was written into
 * one record: `name: Inn; room name: A; room seats: 4; room name: B; room seats: 6` has two parts.
 * @returns null when the text is no record
 */
export function splitRecord(text: string): RecordParts | null {
  const fields = recordFieldsOf(text);
  if (fields.length < 2 || fields[0]?.start !== 0) return null;
  const starts = partStarts(fields);
  const ends = [...starts.slice(1), text.length];
  const spans = starts.map((start, i) => ({ start, end: trimmedEnd(text, ends[i] ?? text.length) }));
  const [first, ...rest] = spans;
  const common = first !== undefined && rest.length > 0 && !repeats(fields, first);
  return common ? { parts: rest, about: text.slice(first.start, first.end) } : { parts: spans, about: '' };
}

/** A part begins where a name of the part before comes again, or where a repeated group of another kind begins. */
function partStarts(fields: readonly RecordField[]): number[] {
  const starts = [0];
  let seen = new Set<string>();
  fields.forEach(({ name, start }, i) => {
    const before = fields[i - 1];
    const otherGroup =
      before !== undefined &&
      groupOf(before.name) !== groupOf(name) &&
      fields.some((each, j) => j > i && each.name === name);
    if (start > 0 && (seen.has(name) || otherGroup)) {
      starts.push(start);
      seen = new Set();
    }
    seen.add(name);
  });
  return starts;
}

/** `room` of `room name` and `room.name`. */
function groupOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(' '), name.lastIndexOf('.')));
}

function repeats(fields: readonly RecordField[], part: Span): boolean {
  const inside = fields.filter((field) => field.start < part.end);
  return inside.some((field) => fields.some((other) => other.start >= part.end && other.name === field.name));
}

function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).replace(/[;\s]+$/, '').length;
}
