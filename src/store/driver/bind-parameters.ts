import type { EncodedParameter } from './codec.ts';

const TEXT = 0;
const BINARY = 1;
const NULL = -1;

/**
 * Parameters as PostgreSQL's protocol binds them: everything of a Bind message behind the statement's name, with results as text
 * (https://www.postgresql.org/docs/18/protocol-message-formats.html). In a buffer of its own, so that it can be given away: dozens of
 * columns would each be copied, and collected, on their own.
 */
export function bindParameters(values: readonly EncodedParameter[]): Uint8Array<ArrayBuffer> {
  const lengths = values.map((value) => lengthOf(value));
  const total = lengths.reduce((sum, length) => sum + 6 + Math.max(length, 0), 6);
  const bytes = new Uint8Array(total);
  const to = Buffer.from(bytes.buffer);
  let at = to.writeInt16BE(values.length, 0);
  for (const value of values) at = to.writeInt16BE(value instanceof Uint8Array ? BINARY : TEXT, at);
  at = to.writeInt16BE(values.length, at);
  for (const [i, value] of values.entries()) {
    at = to.writeInt32BE(lengths[i] ?? NULL, at);
    if (typeof value === 'string') at += to.write(value, at, 'utf8');
    else if (value !== null) {
      bytes.set(value, at);
      at += value.length;
    }
  }
  return bytes;
}

/** Bytes of a value; -1: it is null. */
function lengthOf(value: EncodedParameter): number {
  if (value === null) return NULL;
  return typeof value === 'string' ? Buffer.byteLength(value) : value.length;
}

const BIND = 'B'.charCodeAt(0);

/** A Bind message for the unnamed portal, before its parameters. @param statement its name, ASCII */
export function bindHead(statement: string, parameters: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5 + 1 + statement.length + 1);
  head[0] = BIND;
  head.writeInt32BE(head.length - 1 + parameters.length, 1);
  head.write(statement, 6, 'latin1');
  return head;
}
