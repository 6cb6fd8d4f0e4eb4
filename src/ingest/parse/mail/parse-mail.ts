import PostalMime, { type Address, type Email } from 'postal-mime';
import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged } from '../failures.ts';
import { openHtml } from '../html/parse-html.ts';
import { writeHtml } from '../html/write-html.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { PARSERS } from '../parser-revisions.ts';

/**
 * A mail: subject as heading, who wrote to whom and when, then the text part, or the HTML part when there is no text.
 * Attachments are named in the warnings, not read.
 * @throws DocumentDamaged
 */
export async function parseMail(bytes: Uint8Array, progress: ReportProgress): Promise<ParsedDocument> {
  const mail = await read(bytes);
  progress();
  const builder = new DocumentBuilder();
  const title = cleanLine(mail.subject ?? '');
  if (title !== '') builder.heading(1, title);
  builder.add('paragraph', envelope(mail));
  if ((mail.text ?? '').trim() !== '') {
    for (const paragraph of (mail.text ?? '').split(/\r?\n[ \t]*\r?\n/)) builder.add('paragraph', paragraph);
  } else if (mail.html !== undefined) writeHtml(openHtml(mail.html), builder, progress);
  for (const { filename, mimeType } of mail.attachments) {
    builder.warnings.push(`The attachment “${cleanLine(filename ?? mimeType).slice(0, 200)}” was not read.`);
  }
  const author = addresses(mail.from === undefined ? [] : [mail.from]);
  return builder.finish({
    mediaType: 'message/rfc822',
    parser: PARSERS.eml,
    declared: { ...(title === '' ? {} : { title }), ...(author === '' ? {} : { author }) },
  });
}

async function read(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 64, maxHeadersSize: 1024 * 1024 });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DocumentDamaged('its mail structure cannot be read');
  }
}

function envelope(mail: Email): string {
  const lines: readonly (readonly [string, string])[] = [
    ['From', addresses(mail.from === undefined ? [] : [mail.from])],
    ['To', addresses(mail.to ?? [])],
    ['Cc', addresses(mail.cc ?? [])],
    ['Date', cleanLine(mail.date ?? '')],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function addresses(list: readonly Address[]): string {
  return list
    .flatMap((entry) => ('group' in entry && entry.group !== undefined ? entry.group : [entry]))
    .map(({ name, address }) =>
      cleanLine(address === undefined || address === '' ? name : name === '' ? address : `${name} <${address}>`),
    )
    .filter((entry) => entry !== '')
    .slice(0, 50)
    .join(', ');
}
