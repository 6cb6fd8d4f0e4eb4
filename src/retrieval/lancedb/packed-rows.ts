import { AddressNumbers } from './address-numbers.ts';
import { PackedIds } from './packed-ids.ts';

/** The attributes chunks of one version have in common. */
export interface RowFacts {
  readonly documentId: string;
  readonly versionId: string;
  readonly acl: readonly string[];
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** What is remembered of a row: what a hit returns and what the filter of every search asks. */
export interface RememberedRow {
  readonly id: string;
  readonly facts: RowFacts;
}

/** A row as {@link PackedRows} takes it in: ids as numbers of its {@link PackedIds}. */
export interface RowToPack {
  readonly id: number;
  readonly documentId: number;
  readonly versionId: number;
  readonly acl: readonly string[];
  readonly effectiveFrom: number;
  /** Milliseconds since 1970 UTC; infinite: still valid. */
  readonly effectiveTo: number;
}

/** Bytes a row takes at most: its id, its place by address, its columns, and facts where no other row has the same. */
export const PACKED_ROW_BYTES = 140;
const FIRST = 256;
const NONE = -1;
/** Facts kept as objects at most, those of versions that are found again and again, and bytes of each. */
const MOST_TOLD = 2_000;
const TOLD_BYTES = 260;

/** Rows by their address in columns of numbers: a tenth of what objects in maps take. What is taken in stays. */
export class PackedRows {
  /** Of chunks, documents and versions. */
  readonly ids: PackedIds;
  readonly #numbers: AddressNumbers;
  /** Columns of rows: numbers of the chunk's id and of the facts. */
  #rowIds = new Int32Array(FIRST);
  #rowFacts = new Int32Array(FIRST);
  /** By number of the chunk's id: the address last seen; −1: none. */
  #addressOfId = new Float64Array(FIRST).fill(NONE);
  readonly #facts = new PackedFacts();

  /** @param expected how many rows there will be: so many are taken in without moving those that are there */
  constructor(expected = 0) {
    this.ids = new PackedIds(expected);
    this.#numbers = new AddressNumbers(expected);
    this.#rowIds = new Int32Array(Math.max(FIRST, expected));
    this.#rowFacts = new Int32Array(Math.max(FIRST, expected));
  }

  /** Bytes held, about. */
  get bytes(): number {
    const columns = this.#rowIds.byteLength + this.#rowFacts.byteLength + this.#addressOfId.byteLength;
    return this.ids.bytes + this.#facts.bytes + this.#numbers.bytes + columns;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#numbers.size;
  }

  has(address: number): boolean {
    return this.#numbers.has(address);
  }

  /** The row at an address; undefined: it is not remembered. */
  get(address: number): RememberedRow | undefined {
    const row = this.#numbers.get(address);
    if (row === undefined) return undefined;
    const id = this.ids.at(this.#rowIds[row] as number);
    return { id, facts: this.#facts.at(this.#rowFacts[row] as number, this.ids) };
  }

  /** Takes a row in; one that is there stays as it is, for what an address names does not change. */
  add(address: number, row: RowToPack): void {
    if (this.#numbers.has(address)) return;
    const number = this.size;
    this.#numbers.set(address, number);
    this.#rowIds = longEnough(this.#rowIds, this.size);
    this.#rowFacts = longEnough(this.#rowFacts, this.size);
    this.#rowIds[number] = row.id;
    this.#rowFacts[number] = this.#facts.numberOf(row);
    this.setAddress(row.id, address);
  }

  /** @param id number of the chunk's id */
  setAddress(id: number, address: number): void {
    if (id >= this.#addressOfId.length) {
      const longer = new Float64Array(Math.max(id + 1, this.#addressOfId.length * 2)).fill(NONE);
      longer.set(this.#addressOfId);
      this.#addressOfId = longer;
    }
    this.#addressOfId[id] = address;
  }

  /** The address last seen for a chunk. */
  addressOf(id: string): number | undefined {
    const number = this.ids.find(id);
    const address = number === undefined ? NONE : (this.#addressOfId[number] ?? NONE);
    return address === NONE ? undefined : address;
  }

  forgetAddress(id: string): void {
    const number = this.ids.find(id);
    if (number !== undefined && number < this.#addressOfId.length) this.#addressOfId[number] = NONE;
  }

  /** The ids of the chunks of these documents, one turn of work per step of the iterator. */
  *chunksOf(documentIds: readonly string[]): IterableIterator<string | null> {
    const wanted = new Set(documentIds.flatMap((id) => this.ids.find(id) ?? []));
    for (let row = 0; row < this.size; row += 1) {
      const isWanted = wanted.has(this.#facts.documentOf(this.#rowFacts[row] as number));
      yield isWanted ? this.ids.at(this.#rowIds[row] as number) : null;
    }
  }
}

/** Equal facts are kept once, and so are equal access lists. */
class PackedFacts {
  /** Four numbers each: document, version, access list, next facts of the same version. */
  #numbers = new Int32Array(4 * FIRST);
  /** Two each: from when, until when. */
  #moments = new Float64Array(2 * FIRST);
  #size = 0;
  /** By number of the version's id: its facts taken in last. */
  #ofVersion = new Int32Array(FIRST).fill(NONE);
  readonly #lists: (readonly string[])[] = [];
  readonly #listNumbers = new Map<string, number>();
  /** Facts as they were told last, by number. */
  readonly #told = new Map<number, RowFacts>();

  get bytes(): number {
    const objects = this.#lists.length * 300 + this.#told.size * TOLD_BYTES;
    return this.#numbers.byteLength + this.#moments.byteLength + this.#ofVersion.byteLength + objects;
  }

  numberOf({ documentId, versionId, acl, effectiveFrom, effectiveTo }: RowToPack): number {
    const list = this.#listOf(acl);
    const first = this.#ofVersion[versionId] ?? NONE;
    for (let facts = first; facts !== NONE; facts = this.#numbers[facts * 4 + 3] as number) {
      const isSame =
        this.#numbers[facts * 4] === documentId &&
        this.#numbers[facts * 4 + 2] === list &&
        this.#moments[facts * 2] === effectiveFrom &&
        this.#moments[facts * 2 + 1] === effectiveTo;
      if (isSame) return facts;
    }
    const number = this.#size++;
    this.#numbers = longEnough(this.#numbers, this.#size * 4);
    this.#numbers.set([documentId, versionId, list, first], number * 4);
    this.#moments = longEnough(this.#moments, this.#size * 2);
    this.#moments.set([effectiveFrom, effectiveTo], number * 2);
    this.#setOfVersion(versionId, number);
    return number;
  }

  at(number: number, ids: PackedIds): RowFacts {
    const told = this.#told.get(number);
    if (told !== undefined) return told;
    if (this.#told.size >= MOST_TOLD) this.#told.clear();
    const facts = this.#unpack(number, ids);
    this.#told.set(number, facts);
    return facts;
  }

  #unpack(number: number, ids: PackedIds): RowFacts {
    const [document, version, list] = [0, 1, 2].map((column) => this.#numbers[number * 4 + column] as number);
    const effectiveTo = this.#moments[number * 2 + 1] as number;
    return {
      documentId: ids.at(document as number),
      versionId: ids.at(version as number),
      acl: this.#lists[list as number] as readonly string[],
      effectiveFrom: this.#moments[number * 2] as number,
      effectiveTo: effectiveTo === Number.POSITIVE_INFINITY ? null : effectiveTo,
    };
  }

  /** Number of the document's id. */
  documentOf(number: number): number {
    return this.#numbers[number * 4] as number;
  }

  #setOfVersion(versionId: number, facts: number): void {
    if (versionId >= this.#ofVersion.length) {
      const longer = new Int32Array(Math.max(versionId + 1, this.#ofVersion.length * 2)).fill(NONE);
      longer.set(this.#ofVersion);
      this.#ofVersion = longer;
    }
    this.#ofVersion[versionId] = facts;
  }

  #listOf(entries: readonly string[]): number {
    // One list's key is never another's: JSON of a list begins with a bracket.
    const key = entries.length === 1 ? `=${entries[0]}` : JSON.stringify(entries);
    const known = this.#listNumbers.get(key);
    if (known !== undefined) return known;
    this.#listNumbers.set(key, this.#lists.length);
    return this.#lists.push(entries) - 1;
  }
}

/** The array, or a longer one that begins as it does. */
function longEnough<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(array: T, length: number): T {
  if (array.length >= length) return array;
  const wanted = Math.max(length, array.length * 2);
  const longer = array instanceof Int32Array ? new Int32Array(wanted) : new Float64Array(wanted);
  longer.set(array);
  return longer as T;
}
