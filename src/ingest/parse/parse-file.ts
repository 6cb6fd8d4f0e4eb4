import { decodeText } from './decode-text.ts';
import { detectTextType, type SupportedType } from './detect.ts';
import { DocumentDamaged, DocumentUnsupported, DocumentWithoutText } from './failures.ts';
import { parseMarkdown } from './markdown.ts';
import type { ParsedDocument, ParseRequest } from './parsed-document.ts';
import { parsePlainText } from './plain-text.ts';

/** Called whenever a page, a record or a similar step is done; a parser that never calls it counts as stalled. */
export type ReportProgress = () => void;

/**
 * Recognises and parses one file. Runs in the parser's process, never in the server's.
 * @throws ParseFailure
 */
export async function parseFile(request: ParseRequest, progress: ReportProgress): Promise<ParsedDocument> {
  if (request.bytes.length === 0) throw new DocumentWithoutText('The file is empty');
  const text = decodeText(request.bytes);
  const document = text === null ? await parseBinary(request, progress) : await parseText(text, request, progress);
  if (document.blocks.length === 0) throw new DocumentWithoutText();
  return document;
}

async function parseBinary(_request: ParseRequest, _progress: ReportProgress): Promise<ParsedDocument> {
  throw new DocumentUnsupported('a binary file');
}

async function parseText(text: string, request: ParseRequest, progress: ReportProgress): Promise<ParsedDocument> {
  const type: SupportedType = detectTextType(text, request);
  progress();
  switch (type) {
    case 'text/markdown':
      return parseMarkdown(text);
    case 'text/plain':
      return parsePlainText(text);
    default:
      throw new DocumentDamaged(`no parser for ${type}`);
  }
}

const PLAIN: ReadonlySet<string> = new Set<SupportedType>([
  'text/plain',
  'text/markdown',
  'text/csv',
  'text/tab-separated-values',
  'application/json',
  'application/jsonl',
]);

/** Whether a kind is read by large code that may keep state or memory; the others by short linear code of ours. */
export function isComplex(mediaType: string): boolean {
  return !PLAIN.has(mediaType);
}
