import type { ParserProcess } from './parser-process.ts';

/** Complex files (PDF, DOCX, HTML, XML, EML) after which a process is replaced. */
const COMPLEX_FILES = 200;
/** Plain files (text, Markdown, CSV, JSON) that wear a process as much as one complex file; docs/decisions/0003. */
const PLAIN_PER_COMPLEX = 100;
const BYTES = 512 * 1024 * 1024;
/** Share of the memory cap above which an idle process is replaced. */
const MEMORY_SHARE = 0.4;

/** Whether a process has done enough. See docs/decisions/0003-parser-recycling.md. */
export function shouldRecycle(
  process: Pick<ParserProcess, 'files' | 'complexFiles' | 'bytes' | 'rssBytes' | 'tainted'>,
  memoryMb: number,
): boolean {
  const wear = process.complexFiles + (process.files - process.complexFiles) / PLAIN_PER_COMPLEX;
  const large = process.rssBytes > memoryMb * 1024 * 1024 * MEMORY_SHARE;
  return process.tainted || wear >= COMPLEX_FILES || process.bytes >= BYTES || large;
}
