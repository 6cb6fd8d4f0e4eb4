/** Type OIDs of elements (pg_type.dat). */
export const ELEMENT = { bytea: 17, int4: 23, text: 25 } as const;

/**
 * A one-dimensional array in PostgreSQL's binary format (`array_send`), to bind as one parameter: encoding thousands of
 * values as text would hold the event loop for longer.
 * @param elementOid type of the elements, which the server checks
 */
export function binaryArray(elementOid: number, elements: readonly Uint8Array[]): Uint8Array {
  const size = elements.reduce((sum, element) => sum + 4 + element.length, 20);
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeInt32BE(1, 0); // dimensions
  bytes.writeInt32BE(0, 4); // no nulls
  bytes.writeUInt32BE(elementOid, 8);
  bytes.writeInt32BE(elements.length, 12);
  bytes.writeInt32BE(1, 16); // lower bound
  let at = 20;
  for (const element of elements) {
    bytes.writeInt32BE(element.length, at);
    bytes.set(element, at + 4);
    at += 4 + element.length;
  }
  return bytes;
}

/** Texts as the elements of a binary array. */
export function textArray(texts: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  return binaryArray(
    ELEMENT.text,
    texts.map((text) => encoder.encode(text)),
  );
}

/** Whole numbers as the elements of a binary array. */
export function int4Array(numbers: readonly number[]): Uint8Array {
  const all = Buffer.allocUnsafe(numbers.length * 4);
  for (const [i, number] of numbers.entries()) all.writeInt32BE(number, i * 4);
  return binaryArray(
    ELEMENT.int4,
    numbers.map((_, i) => all.subarray(i * 4, i * 4 + 4)),
  );
}

/** A vector in pgvector's binary format of `halfvec` (`halfvec_send`): length, two spare bytes, half floats, big-endian. */
export function halfvecBytes(vector: Float32Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(4 + vector.length * 2);
  bytes.writeUInt16BE(vector.length, 0);
  bytes.writeUInt16BE(0, 2);
  const halves = Buffer.from(new Float16Array(vector).buffer).swap16();
  bytes.set(halves, 4);
  return bytes;
}

/** The vector in the bytes of {@link halfvecBytes}. */
export function vectorFrom(bytes: Uint8Array): Float32Array {
  const halves = Buffer.from(bytes.subarray(4)).swap16();
  return new Float32Array(new Float16Array(halves.buffer, halves.byteOffset, halves.length / 2));
}
