import { cleanText } from './clean-text.ts';
import type { Block, ParsedDocument } from './parsed-document.ts';
import { PARSERS } from './parser-revisions.ts';

const GAP = /\n[ \t]*\n\s*/g;

/**
 * Plain text: kept as it is, with the white space around it, so that the text of a clean UTF-8 file is the file byte by
 * byte and is stored once. Paragraphs are what empty lines separate.
 */
export function parsePlainText(source: string): ParsedDocument {
  const clean = cleanText(source);
  const body = clean.trimEnd();
  const blocks: Block[] = [];
  let start = body.length - body.trimStart().length;
  const push = (end: number): void => {
    if (end > start) blocks.push({ kind: 'paragraph', start, end, page: null, headingPath: [] });
  };
  for (const gap of body.matchAll(GAP)) {
    push(gap.index);
    start = gap.index + gap[0].length;
  }
  push(body.length);
  return {
    mediaType: 'text/plain',
    title: null,
    text: body === '' ? '' : clean,
    blocks,
    pageCount: null,
    declared: {},
    parser: PARSERS.text,
    warnings: [],
  };
}
