/** Kinds recognised by their first bytes. */
export type BinaryKind = 'pdf' | 'zip' | 'old-office' | 'rtf';

const PDF_WITHIN = 1024;

/** Recognises a file by its magic number; null when it has none that matters here. */
export function binaryKind(bytes: Uint8Array): BinaryKind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_WITHIN)).toString('latin1');
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'zip';
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return 'old-office';
  if (head.startsWith('{\\rtf')) return 'rtf';
  // Junk before the header is allowed, if what follows is built like a PDF.
  return head.includes('%PDF-') && Buffer.from(bytes).includes('endobj') ? 'pdf' : null;
}

/** Whether an old Office container holds an encrypted new document. */
export function isEncryptedOffice(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
}
