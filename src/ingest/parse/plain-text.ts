import { cleanText } from './clean-text.ts';
import type { Block, ParsedDocument } from './parsed-document.ts';

const PARSER = 'text@1';
const GAP = /\n[ \t]*\n\s*/g;

/** Plain text: kept as it is; paragraphs are what empty lines separate. */
export function parsePlainText(source: string): ParsedDocument {
  const text = cleanText(source).trim();
  const blocks: Block[] = [];
  let start = 0;
  const push = (end: number): void => {
    if (end > start) blocks.push({ kind: 'paragraph', start, end, page: null, headingPath: [] });
  };
  for (const gap of text.matchAll(GAP)) {
    push(gap.index);
    start = gap.index + gap[0].length;
  }
  push(text.length);
  return {
    mediaType: 'text/plain',
    title: null,
    text,
    blocks,
    pageCount: null,
    declared: {},
    parser: PARSER,
    warnings: [],
  };
}
