import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged } from '../failures.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { DeclaredFacts, ParsedDocument } from '../parsed-document.ts';
import { JsonWriter } from './write-json.ts';
import { PARSERS } from '../parser-revisions.ts';

/**
 * JSON: values with the path that leads to them.
 * @throws DocumentDamaged when it is not JSON
 */
export function parseJson(source: string, progress: ReportProgress): ParsedDocument {
  const builder = new DocumentBuilder();
  const value = read(source);
  if (value === undefined) throw new DocumentDamaged('it begins like JSON but is not valid JSON');
  progress();
  new JsonWriter(builder, progress).write(value);
  return builder.finish({ mediaType: 'application/json', parser: PARSERS.json, declared: declaredFacts(value) });
}

/**
 * JSON Lines: each line a record. Lines that are not JSON are left out and counted in a warning.
 * @throws DocumentDamaged when more than half of the lines are not JSON
 */
export function parseJsonLines(source: string, progress: ReportProgress): ParsedDocument {
  const builder = new DocumentBuilder();
  const writer = new JsonWriter(builder, progress);
  let lines = 0;
  let bad = 0;
  for (let at = 0; at < source.length; ) {
    const end = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at);
    const line = source.slice(at, end).trim();
    at = end + 1;
    if (line === '') continue;
    lines += 1;
    const value = read(line);
    if (value === undefined) bad += 1;
    else writer.write(value);
  }
  if (bad * 2 > lines) throw new DocumentDamaged('more than half of its lines are not JSON');
  const warnings = bad === 0 ? [] : [`${bad} of ${lines} lines are not JSON and were left out.`];
  return builder.finish({ mediaType: 'application/jsonl', parser: PARSERS.jsonl, warnings });
}

function read(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function declaredFacts(value: unknown): DeclaredFacts {
  const title = typeof value === 'object' && value !== null && 'title' in value ? value.title : undefined;
  return typeof title === 'string' && title.length <= 300 && cleanLine(title) !== '' ? { title: cleanLine(title) } : {};
}
