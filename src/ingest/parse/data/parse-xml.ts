import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged } from '../failures.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { XmlWriter } from './write-xml.ts';
import { PARSERS } from '../parser-revisions.ts';

const SLICE = 64 * 1024;
const DEEPEST = 5_000;

/**
 * XML: the text of its elements; short values with their element's name. A document type is passed over, so entities it
 * declares are never expanded and never fetched.
 * @throws DocumentDamaged when nothing can be read, or elements are nested absurdly
 */
export function parseXml(source: string, progress: ReportProgress): ParsedDocument {
  const builder = new DocumentBuilder();
  const writer = new XmlWriter(builder);
  const parser = new SaxesParser();
  let problems = 0;
  let depth = 0;
  parser.on('error', () => {
    problems += 1;
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    depth += 1;
    if (depth > DEEPEST) throw new DocumentDamaged(`its elements are nested more than ${DEEPEST} deep`);
    writer.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', () => {
    depth -= 1;
    writer.close();
  });
  parser.on('text', (text) => writer.text(text));
  parser.on('cdata', (text) => writer.text(text));
  for (let at = 0; at < source.length; at += SLICE) {
    parser.write(source.slice(at, at + SLICE));
    progress();
  }
  parser.close();
  writer.end();
  if (problems > 0) builder.warnings.push('The XML is not well-formed; what could be read was kept.');
  const document = builder.finish({ mediaType: 'application/xml', parser: PARSERS.xml });
  if (problems > 0 && document.blocks.length === 0)
    throw new DocumentDamaged('it begins like XML but is not well-formed');
  return document;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
