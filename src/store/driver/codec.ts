/**
 * JavaScript values ↔ PostgreSQL's text format, the same for both adapters: `bigint` columns become numbers where they
 * are safe integers, `json(b)` is parsed, `timestamp(tz)` becomes Date, `bytea` Uint8Array, arrays become arrays;
 * everything else stays text.
 */
export type EncodedParameter = string | Uint8Array | null;

/** A parameter as it is bound. Plain objects become JSON; an array becomes an SQL array, never JSON. */
export function encodeParameter(value: unknown): EncodedParameter {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return encodeArray(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return value.toString();
  return JSON.stringify(value);
}

/** First byte of `jsonb` in binary (jsonb_recv): the version of what follows, which is JSON as text. */
const JSONB_VERSION = 1;

/**
 * A value for a parameter of type `jsonb` (say `$1::jsonb`), in PostgreSQL's binary format: for large ones. As text it would be measured and
 * copied character by character on its way into the embedded database.
 */
export function jsonbOf(value: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(value));
  const bytes = new Uint8Array(json.length + 1);
  bytes[0] = JSONB_VERSION;
  bytes.set(json, 1);
  return bytes;
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeElement).join(',')}}`;
}

function encodeElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return encodeArray(value);
  if (value instanceof Uint8Array) return `"\\\\x${hexOf(value)}"`;
  return `"${String(encodeParameter(value)).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

type Decoder = (text: string) => unknown;

const toNumber: Decoder = (text) => Number(text);
const toInteger: Decoder = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};
const toDate: Decoder = (text) => new Date(`${text.replace(' ', 'T')}${/[+-]\d\d$/.test(text) ? ':00' : ''}`);
const toUtcDate: Decoder = (text) => new Date(`${text.replace(' ', 'T')}Z`);
const toBoolean: Decoder = (text) => text === 't';
const toJson: Decoder = (text) => JSON.parse(text) as unknown;
const toBytes: Decoder = (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
const asText: Decoder = (text) => text;
const arrayOf =
  (element: Decoder): Decoder =>
  (text) =>
    decodeArray(text, element);

/** By type OID (pg_type.dat). */
const decoders = new Map<number, Decoder>([
  [16, toBoolean],
  [17, toBytes],
  [20, toInteger],
  [21, toNumber],
  [23, toNumber],
  [26, toNumber],
  [114, toJson],
  [700, toNumber],
  [701, toNumber],
  [1114, toUtcDate],
  [1184, toDate],
  [3802, toJson],
  [199, arrayOf(toJson)],
  [1000, arrayOf(toBoolean)],
  [1001, arrayOf(toBytes)],
  [1005, arrayOf(toNumber)],
  [1007, arrayOf(toNumber)],
  [1009, arrayOf(asText)],
  [1015, arrayOf(asText)],
  [1016, arrayOf(toInteger)],
  [1021, arrayOf(toNumber)],
  [1022, arrayOf(toNumber)],
  [1115, arrayOf(toUtcDate)],
  [1185, arrayOf(toDate)],
  [2951, arrayOf(asText)],
  [3807, arrayOf(toJson)],
]);

/** How the text of a column of this type becomes a JavaScript value. */
export function decoderOf(typeOid: number): Decoder {
  return decoders.get(typeOid) ?? asText;
}

/** Parses `{a,"b \"c\"",NULL,{d}}`, PostgreSQL's array output. */
export function decodeArray(text: string, element: Decoder): unknown[] {
  const start = text.indexOf('{');
  return readArray(text, { at: start + 1 }, element);
}

function readArray(text: string, cursor: { at: number }, element: Decoder): unknown[] {
  const values: unknown[] = [];
  while (cursor.at < text.length) {
    const character = text[cursor.at];
    if (character === '}') {
      cursor.at++;
      return values;
    }
    if (character === ',') cursor.at++;
    else if (character === '{') {
      cursor.at++;
      values.push(readArray(text, cursor, element));
    } else values.push(readElement(text, cursor, element));
  }
  return values;
}

function readElement(text: string, cursor: { at: number }, element: Decoder): unknown {
  if (text[cursor.at] === '"') return element(readQuoted(text, cursor));
  const from = cursor.at;
  while (cursor.at < text.length && text[cursor.at] !== ',' && text[cursor.at] !== '}') cursor.at++;
  const bare = text.slice(from, cursor.at);
  return bare === 'NULL' ? null : element(bare);
}

function readQuoted(text: string, cursor: { at: number }): string {
  const from = ++cursor.at;
  let escaped = false;
  while (text[cursor.at] !== '"') {
    if (text[cursor.at] === '\\') {
      escaped = true;
      cursor.at++;
    }
    cursor.at++;
  }
  const inside = text.slice(from, cursor.at++);
  return escaped ? inside.replace(/\\(.)/gs, '$1') : inside;
}
