/** How many bytes are looked at to tell text from binary. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Decodes bytes as text: byte order marks of UTF-8 and UTF-16 are obeyed, then UTF-8 if it is valid, else windows-1252.
 * @returns null when the bytes are not text
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decode('utf-8', bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', bytes);
  if (looksBinary(bytes.subarray(0, SAMPLE_BYTES))) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = decode('windows-1252', bytes);
    return hasWords(text) ? text : null;
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** NUL never occurs in text; more than one control character in fifty is no text either. */
function looksBinary(sample: Uint8Array): boolean {
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls += 1;
  }
  return controls > 4 && controls * 50 > sample.length;
}

/** In a text of one byte per letter, most are ASCII letters, digits and spaces, whatever the language. */
function hasWords(text: string): boolean {
  const sample = text.slice(0, SAMPLE_BYTES);
  const plain = sample.match(/[\p{L}\p{N}\s.,;:]/gu)?.length ?? 0;
  const ascii = sample.match(/[A-Za-z0-9\s]/g)?.length ?? 0;
  return plain >= sample.length * 0.8 && ascii >= sample.length * 0.4;
}
