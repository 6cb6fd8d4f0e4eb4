import { fileURLToPath } from 'node:url';
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DocumentDamaged, DocumentEncrypted } from '../failures.ts';

/** Folder of the character maps for Chinese, Japanese and Korean fonts, inside the installed package. */
const CHARACTER_MAPS = fileURLToPath(new URL('../../cmaps/', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));

/**
 * Opens a PDF. One with an empty user password opens without being asked.
 * @throws DocumentEncrypted, DocumentDamaged
 */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const task = getDocument({
    // pdf.js takes the bytes over, and refuses a Node Buffer.
    data: new Uint8Array(bytes),
    cMapUrl: CHARACTER_MAPS,
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    return await task.promise;
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new DocumentEncrypted();
  if (error instanceof RangeError && /allocation|length/i.test(error.message)) return error;
  return new DocumentDamaged('its PDF structure cannot be read');
}
