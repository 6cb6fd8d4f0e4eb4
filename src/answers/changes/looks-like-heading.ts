import type { Span } from '../../ingest/index.ts';

/** Longer lines are sentences whose full stop is missing. Words. */
const MOST_WORDS = 10;
/** A paragraph's neighbour is looked at so far. UTF-16 code units. */
const REACH = 2_000;
/** As sentences end. */
const ENDED = /[.!?…]["'”’)\]]*\s*$/;

/**
 * Whether what stands there is a heading, by its looks: a paragraph of a few words that ends like no sentence and gives no figure, between
 * paragraphs that do end like sentences. Documents keep headings by passage; where one passage has several sections, only their looks
 * tell them from statements. In doubt it is a statement: a change that is told needlessly does less harm than one that is not told.
 */
export function looksLikeHeading(text: string, { start, end }: Span): boolean {
  const said = text.slice(start, end).trim();
  if (said.split(/\s+/).length > MOST_WORDS || /[.!?…:;,]$|:\s|\|/.test(said)) return false;
  if (/\d/.test(said.replace(/^(?:\d{1,3}[.)])*\d{0,3}\s+|\b(?:19|20)\d{2}\b/g, ''))) return false;
  const [above, below] = [text.slice(Math.max(0, start - REACH), start), text.slice(end, end + REACH)];
  const next = /^[ \t]*\n[ \t]*\n\s*(\S[^]*?)(?:\n[ \t]*\n|$)/.exec(below)?.[1];
  if (next === undefined || !ENDED.test(next)) return false;
  return /^[\s#]*$/.test(above) || (/\n[ \t]*\n[ \t#]*$/.test(above) && endsParagraph(above, start));
}

/** Above stands a sentence, or nothing but the title. */
function endsParagraph(above: string, start: number): boolean {
  const paragraphs = above.trimEnd().replace(/[\s#]+$/, '');
  return ENDED.test(paragraphs) || (start < REACH && !paragraphs.includes('\n'));
}
