import { fileURLToPath } from 'node:url';
import { getDocument, type PDFDocumentProxy, PDFWorker, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { WorkerMessageHandler } from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { DocumentDamaged, DocumentEncrypted } from '../failures.ts';
import { PagePort } from './page-port.ts';

/** Folder of the character maps for Chinese, Japanese and Korean fonts, inside the installed package. */
const CHARACTER_MAPS = fileURLToPath(new URL('../../cmaps/', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));

/** A PDF being read. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  /** Between the two halves of pdf.js. */
  readonly port: PagePort;
  /** Frees everything. */
  close(): Promise<void>;
}

/**
 * Opens a PDF. One with an empty user password opens without being asked.
 * @throws DocumentEncrypted, DocumentDamaged
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const port = new PagePort();
  WorkerMessageHandler.initializeFromPort(port);
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });
  const task = getDocument({
    // pdf.js takes the bytes over, and refuses a Node Buffer.
    data: new Uint8Array(bytes),
    worker,
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
  const close = async (): Promise<void> => {
    await task.destroy();
    worker.destroy();
  };
  try {
    return { document: await task.promise, port, close };
  } catch (error) {
    await close();
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new DocumentEncrypted();
  if (error instanceof RangeError && /allocation|length/i.test(error.message)) return error;
  return new DocumentDamaged('its PDF structure cannot be read');
}
