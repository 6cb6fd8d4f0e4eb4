/** Marks such as `[1]`, `[2, 3]`, `[doc-4]`, with the space before them; not Markdown links and check boxes. */
const MARK =
  /[ \t]*\[((?:[\p{L}\p{N}][\p{L}\p{N}_.:/#-]{0,63})(?:\s*[,;]\s*[\p{L}\p{N}][\p{L}\p{N}_.:/#-]{0,63})*)\](?!\(|:)/gu;
/** A word in brackets ("[sic]", "[the employee]") is an insertion, not a citation: an id has a digit or a joint in it. */
const LOOKS_LIKE_ID = /[\p{N}_:/#-]/u;

/** A sentence freed of its citation marks. */
export interface Unmarked {
  /** As long as the sentence: marks are overwritten with spaces, so that offsets stay. */
  readonly text: string;
  /** What the marks name, each once, in order; null: no marks. */
  readonly cites: readonly string[] | null;
}

/** Whether what stands in brackets names a source; words in brackets may also be taken over from one. */
export type IsCitation = (id: string) => boolean;

/** Takes the citation marks out of a sentence. */
export function takeMarks(sentence: string, isCitation: IsCitation): Unmarked {
  const cites = new Set<string>();
  const text = sentence.replace(MARK, (mark, ids: string) => {
    const named = ids.split(/[,;]/).map((id) => id.trim());
    if (!named.every((id) => LOOKS_LIKE_ID.test(id) && isCitation(id))) return mark;
    for (const id of named) cites.add(id);
    return ' '.repeat(mark.length);
  });
  return { text, cites: cites.size === 0 ? null : [...cites] };
}
