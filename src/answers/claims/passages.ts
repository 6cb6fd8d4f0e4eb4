import type { ClaimTask } from './claim-verifier.ts';
import type { SourceSpan } from './claim.ts';
import { nearestSentences } from './local/verify-locally.ts';

/** A stretch of a source that a reader of claims is given. */
export interface Passage extends SourceSpan {
  readonly text: string;
  /** Title and headings above it. */
  readonly context: string;
}

/** What a reader can take. Lengths in UTF-16 code units. */
export interface PassageRoom {
  /** A source up to this length is given whole. */
  readonly wholeSource: number;
  /** What is given of a longer one around a near sentence, before and after. */
  readonly around: number;
  /** Of all passages together; what comes last is left out. */
  readonly total: number;
}

/** Stretches of a task's sources around the sentences that come nearest to the claim, nearest first; short sources whole. */
export function passagesFor(task: ClaimTask, room: PassageRoom): Passage[] {
  const near = nearestSentences(task);
  const passages: Passage[] = [];
  let left = room.total;
  const add = (span: SourceSpan): void => {
    const source = task.sources.find(({ id }) => id === span.sourceId);
    const length = span.end - span.start;
    if (source === undefined || length > left || length === 0) return;
    left -= length;
    passages.push({ ...span, text: source.text.slice(span.start, span.end), context: source.context ?? '' });
  };
  for (const span of near) {
    const covered = passages.some(
      (each) => each.sourceId === span.sourceId && each.start <= span.start && each.end >= span.end,
    );
    if (!covered) add(widened(span, task, room));
  }
  for (const { id, text } of task.sources) {
    const isNew = passages.every(({ sourceId }) => sourceId !== id);
    if (isNew && text.length <= room.wholeSource) add({ sourceId: id, start: 0, end: text.length });
  }
  return passages;
}

function widened(span: SourceSpan, { sources }: ClaimTask, { wholeSource, around }: PassageRoom): SourceSpan {
  const text = sources.find(({ id }) => id === span.sourceId)?.text ?? '';
  if (text.length <= wholeSource) return { ...span, start: 0, end: text.length };
  const from = Math.max(0, span.start - around);
  const to = Math.min(text.length, span.end + around);
  // Not in the middle of a word.
  const start = from === 0 ? 0 : Math.min(span.start, text.indexOf(' ', from) + 1 || span.start);
  const end = to === text.length ? to : Math.max(span.end, text.lastIndexOf(' ', to));
  return { ...span, start, end };
}
