import { encodeParameter } from './codec.ts';

/** Types of elements: OID (pg_type.dat) and how one is written. Instants are milliseconds since 1970 UTC, `bytea` is hex. */
const TYPES = {
  uuid: { oid: 2950, write: writeHex },
  text: { oid: 25, write: writeText },
  int4: { oid: 23, write: writeInt4 },
  int8: { oid: 20, write: writeInt8 },
  timestamptz: { oid: 1184, write: writeInstant },
  bytea: { oid: 17, write: writeHex },
  /** Arrays of their own lengths, to be cast, each, to the type they have: the text of an SQL array. */
  arrays: { oid: 25, write: writeArray },
} as const;

/** A type of elements of {@link binaryArray}. */
export type ElementType = keyof typeof TYPES;

/** An element as it is given: for `uuid`, `text` and `bytea` text, for `arrays` an array, for the others a whole number. */
export type ArrayElement = string | number | readonly (string | number)[] | null;

/** Bytes before the first element: dimensions, whether there are nulls, type, length, first index. */
const HEAD_BYTES = 20;
const EMPTY_HEAD_BYTES = 12;
const FIRST_BYTES = 64 * 1024;
const KEPT_BYTES = 1024 * 1024;
/** PostgreSQL counts from 2000-01-01 UTC; milliseconds since 1970. */
const EPOCH_MS = 946_684_800_000;
const LONGEST_CHARACTER = 3;

/**
 * A parameter of an array type (say `$1::uuid[]`) in PostgreSQL's binary format (array_send in arrayfuncs.c), for long ones: the server
 * then parses no text, which for rows in the form of JSON is half of what storing them costs.
 * @throws RangeError when a number does not fit its type
 */
export function binaryArray(type: ElementType, values: readonly ArrayElement[]): Uint8Array {
  const { oid, write } = TYPES[type];
  if (values.length === 0) return headOf([0, 0, oid], EMPTY_HEAD_BYTES);
  const to = writer;
  to.begin();
  let hasNull = 0;
  for (const value of values) {
    if (value === null) {
      hasNull = 1;
      to.int4(-1);
    } else write(to, value as never);
  }
  const bytes = to.bytes();
  bytes.set(headOf([1, hasNull, oid, values.length, 1], HEAD_BYTES));
  return bytes;
}

function headOf(numbers: readonly number[], length: number): Uint8Array {
  const head = Buffer.alloc(length);
  for (const [i, number] of numbers.entries()) head.writeInt32BE(number, i * 4);
  return new Uint8Array(head);
}

function writeText(to: Writer, text: string): void {
  to.text(text);
}

function writeHex(to: Writer, hex: string): void {
  to.hex(hex.includes('-') ? hex.replaceAll('-', '') : hex);
}

function writeInt4(to: Writer, value: number): void {
  to.int4(4);
  to.int4(value);
}

function writeInt8(to: Writer, value: number): void {
  to.int8(BigInt(value));
}

function writeInstant(to: Writer, ms: number): void {
  to.int8(BigInt(Math.trunc(ms) - EPOCH_MS) * 1000n);
}

function writeArray(to: Writer, values: readonly (string | number)[]): void {
  to.text(values.length === 0 ? '{}' : String(encodeParameter(values)));
}

/** Elements one after the other, each with its length before it. */
class Writer {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #at = HEAD_BYTES;

  /** Forgets what was written. The memory is used again, unless it has become much. */
  begin(): void {
    this.#at = HEAD_BYTES;
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(FIRST_BYTES);
  }

  int4(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  int8(value: bigint): void {
    this.int4(8);
    this.#room(8);
    this.#at = this.#buffer.writeBigInt64BE(value, this.#at);
  }

  hex(digits: string): void {
    this.int4(digits.length / 2);
    this.#room(digits.length / 2);
    this.#at += this.#buffer.write(digits, this.#at, 'hex');
  }

  text(text: string): void {
    this.#room(4 + text.length * LONGEST_CHARACTER);
    const written = this.#buffer.write(text, this.#at + 4, 'utf8');
    this.#at = this.#buffer.writeInt32BE(written, this.#at) + written;
  }

  /** A copy of what was written, behind room for the head. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#at));
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const longer = Buffer.allocUnsafe(Math.max(this.#at + bytes, this.#buffer.length * 2));
    this.#buffer.copy(longer, 0, 0, this.#at);
    this.#buffer = longer;
  }
}

/** Of this thread: nothing waits while an array is being written. */
const writer = new Writer();
