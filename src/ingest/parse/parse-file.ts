import { binaryKind, isEncryptedOffice } from './binary-type.ts';
import { decodeText } from './decode-text.ts';
import { detectTextType, type SupportedType } from './detect.ts';
import { DocumentEncrypted, DocumentUnsupported, DocumentWithoutText } from './failures.ts';
import { parseMarkdown } from './markdown.ts';
import type { ParsedDocument, ParseRequest } from './parsed-document.ts';
import { parsePlainText } from './plain-text.ts';

/** Called whenever a page, a record or a similar step is done; a parser that never calls it counts as stalled. */
export type ReportProgress = () => void;

/**
 * Recognises and parses one file. Runs in the parser's process, never in the server's. Large libraries are loaded when
 * the first file needs them, so that a process that meets only text starts fast and stays small.
 * @throws ParseFailure
 */
export async function parseFile(request: ParseRequest, progress: ReportProgress): Promise<ParsedDocument> {
  if (request.bytes.length === 0) throw new DocumentWithoutText('The file is empty');
  const document = (await parseBinary(request.bytes, progress)) ?? (await parseTextual(request, progress));
  if (document.blocks.length === 0) throw new DocumentWithoutText();
  return document;
}

async function parseBinary(bytes: Uint8Array, progress: ReportProgress): Promise<ParsedDocument | null> {
  switch (binaryKind(bytes)) {
    case 'pdf':
      return (await import('./pdf/parse-pdf.ts')).parsePdf(bytes, progress);
    case 'zip':
      return (await import('./docx/parse-docx.ts')).parseDocx(bytes, progress);
    case 'old-office':
      if (isEncryptedOffice(bytes)) throw new DocumentEncrypted();
      throw new DocumentUnsupported('an Office file of the format before 2007');
    case 'rtf':
      throw new DocumentUnsupported('an RTF file');
    case null:
      return null;
  }
}

async function parseTextual(request: ParseRequest, progress: ReportProgress): Promise<ParsedDocument> {
  const text = decodeText(request.bytes);
  if (text === null) throw new DocumentUnsupported(await nameOfBinary(request.bytes));
  progress();
  const type = detectTextType(text, request);
  switch (type) {
    case 'text/plain':
      return parsePlainText(text);
    case 'text/markdown':
      return parseMarkdown(text);
    case 'text/html':
      return (await import('./html/parse-html.ts')).parseHtml(text, progress);
    case 'text/csv':
    case 'text/tab-separated-values':
      return (await import('./data/delimited.ts')).parseDelimited(text, type, progress);
    case 'application/json':
      return (await import('./data/parse-json.ts')).parseJson(text, progress);
    case 'application/jsonl':
      return (await import('./data/parse-json.ts')).parseJsonLines(text, progress);
    case 'application/xml':
      return (await import('./data/parse-xml.ts')).parseXml(text, progress);
    case 'message/rfc822':
      return (await import('./mail/parse-mail.ts')).parseMail(request.bytes, progress);
    default:
      throw new DocumentUnsupported(`of the kind ${type}`);
  }
}

async function nameOfBinary(bytes: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(bytes.subarray(0, 64 * 1024)).catch(() => undefined);
  return found === undefined ? 'of no kind that could be recognised' : `of the kind ${found.mime}`;
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
