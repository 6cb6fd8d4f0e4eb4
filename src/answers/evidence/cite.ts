import type { Citation } from '../answer.ts';
import { type FoundPassage, type Passage, pageAt } from './passage.ts';

/** A stretch of a passage's canonical text. */
export interface Quoted {
  /** Half-open, UTF-16 code units into the canonical text. */
  readonly start: number;
  readonly end: number;
  /** The line above that names what it is about, where the passage's headings do not; null: none. */
  readonly label: string | null;
}

/** What a citation is made from: a version, where its pages begin, and the headings above the words. */
export type Citable = Omit<FoundPassage, 'candidate' | 'mediaType' | 'start' | 'end' | 'text'>;

/** A citation of a stretch of a passage's canonical text. */
export function cite(passage: Citable & Pick<Passage, 'source'>, quoted: Quoted): Citation {
  return citationOf(passage, quoted, passage.source.slice(quoted.start, quoted.end));
}

/** A citation of a whole passage. */
export function citeWhole(passage: FoundPassage): Citation {
  const { start, end, text } = passage;
  return citationOf(passage, { start, end, label: null }, text);
}

/**
 * Cites a whole passage once: its citation's position among those made so far, and the citation where it is new and now stands at
 * their end; null: it was there.
 */
export function addCitation(
  citations: Citation[],
  passage: Passage,
): { readonly index: number; readonly added: Citation | null } {
  const { versionId, start, end } = passage;
  const known = citations.findIndex((each) => each.versionId === versionId && each.start === start);
  if (known !== -1) return { index: known, added: null };
  const added = cite(passage, { start, end, label: null });
  return { index: citations.push(added) - 1, added };
}

function citationOf(passage: Citable, { start, end, label }: Quoted, quote: string): Citation {
  return {
    documentId: passage.documentId,
    versionId: passage.versionId,
    version: passage.version,
    title: passage.title,
    externalId: passage.externalId,
    page: pageAt(passage.pageStarts, start),
    headingPath: headingsOf(passage, label),
    start,
    end,
    quote,
    effectiveFrom: new Date(passage.effectiveFrom).toISOString(),
    effectiveTo: passage.effectiveTo === null ? null : new Date(passage.effectiveTo).toISOString(),
  };
}

function headingsOf({ headingPath, title }: Citable, label: string | null): readonly string[] {
  if (label === null || label === title || headingPath.includes(label)) return headingPath;
  return [...headingPath, label];
}
