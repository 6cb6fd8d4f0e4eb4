import { hash } from 'node:crypto';
import type { TokenCounter } from '../../models/index.ts';
import { chunkTerms, languageOfDocument } from '../../retrieval/terms/index.ts';
import { chunkDocument } from '../chunk/index.ts';
import { parseFile, type ReportProgress } from './parse-file.ts';
import type { ParseRequest, ParseResult } from './parsed-document.ts';

/**
 * Everything that is done to one file off the server's thread: parse, cut, count, make terms, hash.
 * @throws ParseFailure
 */
export async function parseAndChunk(
  request: ParseRequest,
  counter: TokenCounter,
  progress: ReportProgress,
): Promise<ParseResult> {
  const originalSha256 = sha256(request.bytes);
  const document = await parseFile(request, progress);
  const { chunker, chunks } = chunkDocument(document, {
    options: request.chunking,
    counter,
    fallbackTitle: nameWithoutEnding(request.fileName),
    progress,
  });
  const language = languageOfDocument(document.text, document.declared.language);
  const terms = chunks.map((chunk) => {
    progress();
    return chunkTerms(chunk.header, document.text.slice(chunk.start, chunk.end), language);
  });
  return { document, chunker, chunks, language, terms, textSha256: sha256(document.text), originalSha256 };
}

function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

function nameWithoutEnding(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return name.replace(/\.[A-Za-z0-9]{1,8}$/, '');
}
