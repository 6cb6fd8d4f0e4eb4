import { hash } from 'node:crypto';

/** The text of a chunk as it is embedded: header, newline, body. */
export function embeddedText(header: string, body: string): string {
  return header === '' ? body : `${header}\n${body}`;
}

/** SHA-256 in hex of what is embedded: equal text is embedded once. */
export function embeddingKeyOf(text: string): string {
  return hash('sha256', text, 'hex');
}
