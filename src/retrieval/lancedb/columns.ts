import type * as Arrow from 'apache-arrow';
import { arrow } from './arrow.ts';
import type { ChunkAttributes, TextEntry, VectorEntry } from '../chunk-index.ts';
import { NO_END } from './to-lance-filter.ts';

const { Field, FixedSizeList, Float16, Int64, List, makeData, RecordBatch, Schema, Struct, Table, Utf8 } = arrow;

const item = new Field('item', new Utf8(), true);
const textList = new List(item);

const ATTRIBUTE_FIELDS: readonly Arrow.Field[] = [
  new Field('id', new Utf8(), false),
  new Field('documentId', new Utf8(), false),
  new Field('versionId', new Utf8(), false),
  new Field('externalId', new Utf8(), false),
  new Field('mediaType', new Utf8(), false),
  new Field('acl', textList, false),
  new Field('tags', textList, false),
  new Field('metadata', textList, false),
  new Field('effectiveFrom', new Int64(), false),
  new Field('effectiveTo', new Int64(), false),
];

const TEXT_SCHEMA = new Schema([...ATTRIBUTE_FIELDS, new Field('terms', new Utf8(), false)]);

/** Columns of a text table: the attributes and `terms`. */
export function textSchema(): Arrow.Schema {
  return TEXT_SCHEMA;
}

/** Columns of a vectors table: the attributes and `vector`, in half precision: cosines are right to .001, at half the size. */
export function vectorSchema(dimensions: number): Arrow.Schema {
  return new Schema([...ATTRIBUTE_FIELDS, new Field('vector', vectorType(dimensions), false)]);
}

/** Text entries as one Arrow batch, made from typed arrays because row-by-row conversion blocks the event loop. */
export function textRows(entries: readonly TextEntry[]): Arrow.Table {
  return rows(TEXT_SCHEMA, entries, utf8(entries.map((entry) => entry.terms)));
}

/** Vector entries as one Arrow batch. The vectors' lengths were checked before. */
export function vectorRows(entries: readonly VectorEntry[], dimensions: number): Arrow.Table {
  // Arrow 18 rounds wrongly when it makes half floats itself: it is given their bits.
  const halves = new Float16Array(entries.length * dimensions);
  for (const [row, entry] of entries.entries()) halves.set(entry.vector, row * dimensions);
  const data = new Uint16Array(halves.buffer);
  const child = makeData({ type: new Float16(), length: data.length, nullCount: 0, data });
  const vectors = makeData({ type: vectorType(dimensions), length: entries.length, nullCount: 0, child });
  return rows(vectorSchema(dimensions), entries, vectors);
}

function rows(schema: Arrow.Schema, entries: readonly ChunkAttributes[], last: Arrow.Data): Arrow.Table {
  const children: Arrow.Data[] = [
    utf8(entries.map((entry) => entry.id)),
    utf8(entries.map((entry) => entry.documentId)),
    utf8(entries.map((entry) => entry.versionId)),
    utf8(entries.map((entry) => entry.externalId)),
    utf8(entries.map((entry) => entry.mediaType)),
    utf8List(entries.map((entry) => entry.acl)),
    utf8List(entries.map((entry) => entry.tags)),
    utf8List(entries.map((entry) => entry.metadata)),
    int64(entries.map((entry) => entry.effectiveFrom)),
    int64(entries.map((entry) => entry.effectiveTo ?? NO_END)),
    last,
  ];
  const type = new Struct(schema.fields);
  return new Table(new RecordBatch(schema, makeData({ type, length: entries.length, nullCount: 0, children })));
}

function vectorType(dimensions: number): Arrow.FixedSizeList {
  return new FixedSizeList(dimensions, new Field('item', new Float16(), true));
}

function utf8(texts: readonly string[]): Arrow.Data<Arrow.Utf8> {
  const valueOffsets = new Int32Array(texts.length + 1);
  let total = 0;
  for (let i = 0; i < texts.length; i += 1) {
    total += Buffer.byteLength(texts[i] as string);
    valueOffsets[i + 1] = total;
  }
  const bytes = new Uint8Array(total);
  const buffer = Buffer.from(bytes.buffer);
  for (let i = 0; i < texts.length; i += 1) buffer.write(texts[i] as string, valueOffsets[i] as number, 'utf8');
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data: bytes });
}

function utf8List(lists: readonly (readonly string[])[]): Arrow.Data<Arrow.List<Arrow.Utf8>> {
  const valueOffsets = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i += 1) {
    valueOffsets[i + 1] = (valueOffsets[i] as number) + (lists[i] as readonly string[]).length;
  }
  return makeData({ type: textList, length: lists.length, nullCount: 0, valueOffsets, child: utf8(lists.flat()) });
}

function int64(values: readonly number[]): Arrow.Data<Arrow.Int64> {
  const data = BigInt64Array.from(values, BigInt);
  return makeData({ type: new Int64(), length: values.length, nullCount: 0, data });
}
