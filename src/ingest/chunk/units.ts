import type { Block } from '../parse/parsed-document.ts';
import { certainlyHeavier, type Size, sizeOf } from './measure.ts';
import { isSpace, type Span, splitSentences } from './sentences.ts';

/** The smallest stretch the packer moves as a whole: a block, or a piece of one that is too long. */
export interface Unit extends Span, Size {
  /** The block it comes from. */
  readonly block: Block;
  readonly blockIndex: number;
}

/** What the cutters work on. */
export interface Cutting {
  readonly text: string;
  /** Tokens of a stretch of the text, half-open. */
  readonly count: (start: number, end: number) => number;
  /** Largest weight of a unit. */
  readonly limit: number;
  /** Called between blocks, so that long work shows it is alive. */
  readonly progress: () => void;
}

/** Words travel in groups of a sixteenth of the limit: a unit per word would be a hundred bytes for every five. */
const WORDS_SHIFT = 4;

/** How finely blocks are cut before they are packed. */
export type Grain = 'block' | 'sentence' | 'word';

/** Cuts blocks into units no heavier than the limit; a coarser grain falls back to a finer one where it must. */
export function cutUnits(blocks: readonly Block[], grain: Grain, cutting: Cutting): Unit[] {
  const units: Unit[] = [];
  blocks.forEach((block, blockIndex) => {
    cutting.progress();
    for (const piece of cutSpan(block, grain, cutting)) units.push({ ...piece, block, blockIndex });
  });
  return units;
}

/** Characters a token stands for in long text: a span beyond that is likely to be cut, and counted sentence by sentence. */
const LIKELY_TOKEN = 5;

/** Cuts one span; the pieces cover everything in it that is not white space. */
export function cutSpan(span: Span, grain: Grain, cutting: Cutting): (Span & Size)[] {
  if (grain === 'word') return grouped(words(span, cutting), Math.max(1, cutting.limit >> WORDS_SHIFT));
  if (grain === 'sentence') return sentencePieces(span, cutting);
  // Counting is most of the work: what hardly fits is not counted whole before its sentences are.
  const likely = span.end - span.start <= cutting.limit * LIKELY_TOKEN;
  const whole = likely ? fits(span, cutting) : null;
  if (whole !== null) return [whole];
  const pieces = sentencePieces(span, cutting);
  const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  const late = likely || tokens > cutting.limit ? null : fits(span, cutting);
  return late === null ? pieces : [late];
}

function sentencePieces(span: Span, cutting: Cutting): (Span & Size)[] {
  const pieces: (Span & Size)[] = [];
  for (const sentence of sentencesOf(span, cutting)) {
    cutting.progress();
    const whole = fits(sentence, cutting);
    if (whole === null) pieces.push(...grouped(words(sentence, cutting), cutting.limit));
    else pieces.push(whole);
  }
  return pieces;
}

function fits(span: Span, { count, limit }: Cutting): (Span & Size) | null {
  if (certainlyHeavier(span.end - span.start, limit)) return null;
  const size = sizeOf(count(span.start, span.end), span.end - span.start);
  return size.weight > limit ? null : { start: span.start, end: span.end, ...size };
}

function sentencesOf(span: Span, { text }: Cutting): Span[] {
  return splitSentences(text.slice(span.start, span.end)).map((sentence) => ({
    start: span.start + sentence.start,
    end: span.start + sentence.end,
  }));
}

/** Every word by itself; a word heavier than the limit is cut between characters. */
function* words(span: Span, cutting: Cutting): Generator<Span & Size> {
  const { text } = cutting;
  let at = span.start;
  while (at < span.end) {
    while (at < span.end && isSpace(text.charCodeAt(at))) at += 1;
    const start = at;
    while (at < span.end && !isSpace(text.charCodeAt(at))) at += 1;
    if (at === start) break;
    const whole = fits({ start, end: at }, cutting);
    if (whole === null) yield* cutWord({ start, end: at }, cutting);
    else yield whole;
    if (at % 1024 === 0) cutting.progress();
  }
}

/** Cuts a word between characters into the longest pieces that fit. */
function* cutWord(word: Span, cutting: Cutting): Generator<Span & Size> {
  const { text, count, limit } = cutting;
  let from = word.start;
  let step = limit * 4;
  while (from < word.end) {
    let end = Math.min(word.end, from + step);
    if (end < word.end && isLowSurrogate(text.charCodeAt(end))) end += 1;
    const piece = fits({ start: from, end }, cutting);
    if (piece === null && end - from > 2) {
      step = Math.max(1, (end - from) >> 1);
      continue;
    }
    yield piece ?? { start: from, end, ...sizeOf(count(from, end), end - from) };
    from = end;
    cutting.progress();
  }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Packs neighbours greedily up to the limit. */
function grouped(pieces: Iterable<Span & Size>, limit: number): (Span & Size)[] {
  const groups: (Span & Size)[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last === undefined || last.weight + piece.weight > limit) groups.push(piece);
    else {
      groups[groups.length - 1] = {
        start: last.start,
        end: piece.end,
        tokens: last.tokens + piece.tokens,
        weight: last.weight + piece.weight,
      };
    }
  }
  return groups;
}
