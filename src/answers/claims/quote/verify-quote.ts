import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimSource, ClaimVerdict, SourceSpan } from '../claim.ts';

/** Shorter claims ("Yes", "12") stand in any text by chance. UTF-16 code units. */
const SHORTEST = 12;
const OPENING = /^[\s"'“”‘’«»([*_`>-]+/;
const CLOSING = /[\s"'“”‘’«»)\]*_`.!;:,]+$/;

/** Finds claims that stand word for word in a source; decides nothing else. */
export const quoteVerifier: ClaimVerifier = {
  level: 'quote',
  verify: (tasks) => Promise.resolve(tasks.map(verifyQuote)),
};

function verifyQuote(task: ClaimTask): ClaimVerdict {
  const { claim } = task;
  const span = findQuote(task);
  const common = { claim, level: 'quote' as const, conflict: null };
  if (span === null)
    return {
      ...common,
      status: 'unverified',
      settled: false,
      score: 0,
      spans: [],
      reason: 'no source says it in these words',
    };
  return {
    ...common,
    status: 'supported',
    settled: true,
    score: 1,
    spans: [span],
    reason: 'a source says it in these words',
  };
}

/**
 * Looks for a claim word for word: white space, quotation marks and dashes may be written differently, nothing else. A
 * stretch counts only when it is a whole statement there: it begins and ends where a sentence or a line does.
 */
function findQuote({ claim, sources }: ClaimTask): SourceSpan | null {
  const wanted = claim.text.replace(OPENING, '').replace(CLOSING, '');
  if (wanted.length < SHORTEST || !/\s/.test(wanted)) return null;
  const plain = normalise(wanted).text;
  for (const source of sources) {
    const haystack = normalSource(source);
    for (let at = haystack.text.indexOf(plain); at !== -1; at = haystack.text.indexOf(plain, at + 1)) {
      const start = haystack.origin[at] as number;
      const end = (haystack.origin[at + plain.length - 1] as number) + 1;
      if (isWhole(source.text, start, end)) return { sourceId: source.id, start, end };
    }
  }
  return null;
}

/** Whether the stretch is not a part of something that may say otherwise ("It is false that …", "… unless …"). */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 6), start);
  const after = text.slice(end, end + 4);
  const opens =
    start === 0 || /(?:^|\n|[.!?…。！？]["'”’)]*\s)[\s"'“‘«(*_•–-]*$/u.test(before) || /[。！？]$/.test(before);
  const closes = /^["'”’»)*_]*(?:$|[.!…。！\n](?!\d))/u.test(after);
  return opens && closes;
}

interface Normal {
  readonly text: string;
  /** For each UTF-16 code unit of `text`, its place in the original. */
  readonly origin: Uint32Array;
}

const SAME: ReadonlyMap<string, string> = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
]);
const normalised = new WeakMap<ClaimSource, Normal>();

function normalSource(source: ClaimSource): Normal {
  const known = normalised.get(source);
  if (known !== undefined) return known;
  const made = normalise(source.text);
  normalised.set(source, made);
  return made;
}

/** White space runs become one space, typographic marks plain ones. */
function normalise(original: string): Normal {
  const origin = new Uint32Array(original.length);
  const units: string[] = [];
  let inSpace = true;
  for (let i = 0; i < original.length; i += 1) {
    const unit = original[i] as string;
    const space = unit <= ' ' || unit === '\u00a0';
    if (space && inSpace) continue;
    origin[units.length] = i;
    units.push(space ? ' ' : (SAME.get(unit) ?? unit));
    inSpace = space;
  }
  return { text: units.join(''), origin };
}
