/** Ids per slab: 64 KB, so that no allocation is large. */
const SLAB_IDS = 4_096;
const ID_BYTES = 16;
/** Bytes of an id that is not a UUID, about. */
const TEXT_BYTES = 150;
const FIRST_PLACES = 1_024;
const DASHES: ReadonlySet<number> = new Set([8, 13, 18, 23]);
/** Character codes of the digits of each byte, the first one in the low half. */
const HEX = Uint16Array.from({ length: 256 }, (_, byte) => {
  const digits = byte.toString(16).padStart(2, '0');
  return digits.charCodeAt(0) | (digits.charCodeAt(1) << 8);
});
/** Value of a hexadecimal digit in lower case by its character code; −1: it is none. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)));
const UUID_CHARACTERS = 36;
/** An id as it is written, until the next one is. */
const WRITTEN = Buffer.alloc(UUID_CHARACTERS, '-');

/**
 * Numbers for ids, from 0, and back. A UUID takes 24 bytes instead of the 150 of a string in a map, so that the ids of a
 * million chunks can be remembered; others are kept as they are. An id once numbered stays.
 */
export class PackedIds {
  #slabs: Uint8Array[] = [];
  /** Numbers by hash, open addressing; −1: free. A power of two long, at most half full. */
  #places: Int32Array<ArrayBuffer>;
  #size = 0;
  readonly #texts = new Map<string, number>();
  readonly #textOf = new Map<number, string>();
  readonly #scratch = new Uint8Array(ID_BYTES);

  /** @param expected how many ids there will be: so many are taken in without moving those that are there */
  constructor(expected = 0) {
    let places = FIRST_PLACES;
    while (places < expected * 2) places *= 2;
    this.#places = new Int32Array(places).fill(-1);
  }

  /** Bytes held, about. */
  get bytes(): number {
    return this.#slabs.length * SLAB_IDS * ID_BYTES + this.#places.byteLength + this.#texts.size * TEXT_BYTES;
  }

  /** The number of an id, which it is given now when it has none. */
  numberOf(id: string): number {
    return parseText(id, this.#scratch) ? this.#numberOfScratch() : this.#numberOfText(id);
  }

  /** As {@link numberOf}, of an id in UTF-8. */
  numberOfBytes(bytes: Uint8Array, start: number, end: number): number {
    if (parseBytes(bytes, { start, end }, this.#scratch)) return this.#numberOfScratch();
    return this.#numberOfText(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
  }

  /** The number of an id; undefined: it has none. */
  find(id: string): number | undefined {
    if (!parseText(id, this.#scratch)) return this.#texts.get(id);
    const number = this.#places[this.#placeOfScratch()] as number;
    return number < 0 ? undefined : number;
  }

  /** The id with this number. */
  at(number: number): string {
    const text = this.#textOf.size === 0 ? undefined : this.#textOf.get(number);
    if (text !== undefined) return text;
    const slab = this.#slabs[Math.floor(number / SLAB_IDS)] as Uint8Array;
    const start = (number % SLAB_IDS) * ID_BYTES;
    // Written at once: joined digit by digit it would leave twenty pieces behind.
    for (let i = 0, at = 0; i < ID_BYTES; i += 1, at += 2) {
      if (i === 4 || i === 6 || i === 8 || i === 10) at += 1;
      const digits = HEX[slab[start + i] as number] as number;
      WRITTEN[at] = digits & 0xff;
      WRITTEN[at + 1] = digits >> 8;
    }
    return WRITTEN.toString('latin1');
  }

  #numberOfText(id: string): number {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const number = this.#next();
    const own = Buffer.from(id).toString(); // V8 would keep all of a longer text alive for a slice of it
    this.#texts.set(own, number);
    this.#textOf.set(number, own);
    return number;
  }

  #numberOfScratch(): number {
    const place = this.#placeOfScratch();
    const known = this.#places[place] as number;
    if (known >= 0) return known;
    const number = this.#next();
    (this.#slabs.at(-1) as Uint8Array).set(this.#scratch, (number % SLAB_IDS) * ID_BYTES);
    this.#places[place] = number;
    if (this.#size * 2 > this.#places.length) this.#widen();
    return number;
  }

  #next(): number {
    const number = this.#size++;
    if (number % SLAB_IDS === 0) this.#slabs.push(new Uint8Array(SLAB_IDS * ID_BYTES));
    return number;
  }

  /** Where the id in the scratch is, or belongs. */
  #placeOfScratch(): number {
    const mask = this.#places.length - 1;
    for (let place = hashOf(this.#scratch, 0) & mask; ; place = (place + 1) & mask) {
      const number = this.#places[place] as number;
      if (number < 0 || this.#isScratch(number)) return place;
    }
  }

  #isScratch(number: number): boolean {
    const slab = this.#slabs[Math.floor(number / SLAB_IDS)] as Uint8Array;
    const start = (number % SLAB_IDS) * ID_BYTES;
    for (let i = ID_BYTES - 1; i >= 0; i -= 1) if (slab[start + i] !== this.#scratch[i]) return false;
    return true;
  }

  #widen(): void {
    this.#places = new Int32Array(this.#places.length * 2).fill(-1);
    const mask = this.#places.length - 1;
    for (let number = 0; number < this.#size; number += 1) {
      if (this.#textOf.has(number)) continue;
      const slab = this.#slabs[Math.floor(number / SLAB_IDS)] as Uint8Array;
      let place = hashOf(slab, (number % SLAB_IDS) * ID_BYTES) & mask;
      while ((this.#places[place] as number) >= 0) place = (place + 1) & mask;
      this.#places[place] = number;
    }
  }
}

/** FNV-1a over the bytes of a UUID, its high bits mixed into the low ones. */
function hashOf(bytes: Uint8Array, start: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < ID_BYTES; i += 1) hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** False: not a UUID as it is written in lower case. */
function parseText(id: string, into: Uint8Array): boolean {
  if (id.length !== UUID_CHARACTERS) return false;
  return parse((at) => id.charCodeAt(at), into);
}

function parseBytes(bytes: Uint8Array, { start, end }: { start: number; end: number }, into: Uint8Array): boolean {
  if (end - start !== UUID_CHARACTERS) return false;
  return parse((at) => bytes[start + at] as number, into);
}

function parse(codeAt: (at: number) => number, into: Uint8Array): boolean {
  let byte = 0;
  for (let at = 0; at < UUID_CHARACTERS; at += 2) {
    if (DASHES.has(at)) {
      if (codeAt(at) !== 45) return false;
      at += 1;
    }
    const [high, low] = [digitOf(codeAt(at)), digitOf(codeAt(at + 1))];
    if (high < 0 || low < 0) return false;
    into[byte++] = high * 16 + low;
  }
  return true;
}

function digitOf(code: number): number {
  return code < DIGITS.length ? (DIGITS[code] as number) : -1;
}
