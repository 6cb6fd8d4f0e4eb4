import { parseHTML } from 'linkedom';
import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { DeclaredFacts, ParsedDocument } from '../parsed-document.ts';
import type { HtmlNode } from './html-elements.ts';
import { writeHtml } from './write-html.ts';
import { PARSERS } from '../parser-revisions.ts';

/** HTML: everything a reader sees except navigation; `<title>`, author and language become declared facts. */
export function parseHtml(source: string, progress: ReportProgress): ParsedDocument {
  const builder = new DocumentBuilder();
  const document = openHtml(source);
  progress();
  writeHtml(document, builder, progress);
  return builder.finish({
    mediaType: 'text/html',
    parser: PARSERS.html,
    declared: declaredFacts(source.slice(0, 64 * 1024)),
  });
}

/** Reads HTML into a tree; whatever stands outside `<html>` is kept. */
export function openHtml(source: string): HtmlNode {
  const bare = source.replace(/<!doctype[^>]{0,1000}>/i, '');
  return parseHTML(`<html><body>${bare}</body></html>`).document.documentElement;
}

function declaredFacts(head: string): DeclaredFacts {
  const title = cleanLine(unescapeHtml(/<title[^>]{0,500}>([^<]{1,2000})<\/title>/i.exec(head)?.[1] ?? ''));
  const language = /<html\b[^>]{0,1000}\blang\s{0,9}=\s{0,9}["']?([A-Za-z]{2,3})\b/i.exec(head)?.[1]?.toLowerCase();
  const author = cleanLine(unescapeHtml(metaContent(head, 'author')));
  return {
    ...(title === '' ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    ...(author === '' ? {} : { author }),
  };
}

function metaContent(head: string, name: string): string {
  const tag =
    new RegExp(`<meta\\b[^>]{0,1000}\\bname\\s{0,9}=\\s{0,9}["']?${name}\\b[^>]{0,1000}>`, 'i').exec(head)?.[0] ?? '';
  return (
    /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i
      .exec(tag)
      ?.slice(1)
      .find((value) => value !== undefined) ?? ''
  );
}

function unescapeHtml(text: string): string {
  return text.includes('&') ? (parseHTML(`<p>${text}</p>`).document.firstElementChild?.textContent ?? text) : text;
}
