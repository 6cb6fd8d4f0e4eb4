import mammoth from 'mammoth';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged, DocumentUnsupported } from '../failures.ts';
import { openHtml } from '../html/parse-html.ts';
import { writeHtml } from '../html/write-html.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { checkArchive } from './archive.ts';
import { PARSERS } from '../parser-revisions.ts';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  'comment-reference => ',
];

/**
 * A zip archive: DOCX is read through mammoth's HTML; pictures are left out.
 * @throws DocumentUnsupported when it is another kind of archive; DocumentDamaged, DocumentTooLarge, DocumentEncrypted
 */
export async function parseDocx(bytes: Uint8Array, progress: ReportProgress): Promise<ParsedDocument> {
  const { names } = await checkArchive(bytes, progress);
  if (![...names].some((name) => /^word\/document\d*\.xml$/.test(name))) throw new DocumentUnsupported(kindOf(names));
  const builder = new DocumentBuilder();
  const html = await toHtml(bytes);
  progress();
  writeHtml(openHtml(html), builder, progress);
  return builder.finish({ mediaType: MEDIA_TYPE, parser: PARSERS.docx });
}

async function toHtml(bytes: Uint8Array): Promise<string> {
  try {
    const nothing = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { value } = await mammoth.convertToHtml({ buffer }, { convertImage: nothing, styleMap: STYLES });
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DocumentDamaged('its text cannot be taken out of the Word file');
  }
}

function kindOf(names: ReadonlySet<string>): string {
  if (names.has('xl/workbook.xml')) return 'a spreadsheet (XLSX)';
  if (names.has('ppt/presentation.xml')) return 'a presentation (PPTX)';
  if (names.has('META-INF/container.xml')) return 'an e-book (EPUB)';
  if (names.has('content.xml')) return 'an OpenDocument file';
  return 'an archive (ZIP)';
}
