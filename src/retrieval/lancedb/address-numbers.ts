const FREE = -1;
const FIRST_PLACES = 512;

/**
 * Numbers of rows by their addresses: 24 to 48 bytes each in two columns, a third of what a map takes, and nothing that the garbage
 * collector has to look at. Open addressing, at most half full.
 */
export class AddressNumbers {
  #addresses: Float64Array<ArrayBuffer>;
  #numbers: Int32Array<ArrayBuffer>;
  #size = 0;

  /** @param expected how many there will be: so many are taken in without moving those that are there */
  constructor(expected = 0) {
    let places = FIRST_PLACES;
    while (places < expected * 2) places *= 2;
    this.#addresses = new Float64Array(places).fill(FREE);
    this.#numbers = new Int32Array(places);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#addresses.byteLength + this.#numbers.byteLength;
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  has(address: number): boolean {
    return this.#addresses[this.#placeOf(address)] === address;
  }

  /** Undefined: it has none. */
  get(address: number): number | undefined {
    const place = this.#placeOf(address);
    return this.#addresses[place] === address ? this.#numbers[place] : undefined;
  }

  set(address: number, number: number): void {
    const place = this.#placeOf(address);
    this.#numbers[place] = number;
    if (this.#addresses[place] === address) return;
    this.#addresses[place] = address;
    this.#size += 1;
    if (this.#size * 2 > this.#addresses.length) this.#widen();
  }

  /** @returns whether it was there */
  delete(address: number): boolean {
    let hole = this.#placeOf(address);
    if (this.#addresses[hole] !== address) return false;
    this.#size -= 1;
    const mask = this.#addresses.length - 1;
    // Whoever stands behind the hole because its own place was taken moves up (Knuth, volume 3, 6.4, algorithm R).
    for (let place = (hole + 1) & mask; this.#addresses[place] !== FREE; place = (place + 1) & mask) {
      const wanted = this.#hashOf(this.#addresses[place] as number);
      if (((place - wanted) & mask) < ((place - hole) & mask)) continue;
      this.#addresses[hole] = this.#addresses[place] as number;
      this.#numbers[hole] = this.#numbers[place] as number;
      hole = place;
    }
    this.#addresses[hole] = FREE;
    return true;
  }

  /** Where an address is, or belongs. */
  #placeOf(address: number): number {
    const mask = this.#addresses.length - 1;
    for (let place = this.#hashOf(address); ; place = (place + 1) & mask) {
      const there = this.#addresses[place] as number;
      if (there === FREE || there === address) return place;
    }
  }

  #hashOf(address: number): number {
    // Rows of one fragment follow each other; the fragment is above 2³².
    const hash = Math.imul((address >>> 0) ^ Math.imul(Math.floor(address / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & (this.#addresses.length - 1);
  }

  #widen(): void {
    const [addresses, numbers] = [this.#addresses, this.#numbers];
    this.#addresses = new Float64Array(addresses.length * 2).fill(FREE);
    this.#numbers = new Int32Array(addresses.length * 2);
    for (const [at, address] of addresses.entries()) {
      if (address === FREE) continue;
      const place = this.#placeOf(address);
      this.#addresses[place] = address;
      this.#numbers[place] = numbers[at] as number;
    }
  }
}
