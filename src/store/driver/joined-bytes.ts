const FIRST_BYTES = 256 * 1024;
/** A longer one is not kept. */
const KEPT_BYTES = 4 * 1024 * 1024;

/** Joins bytes in memory that is used again the next time: what is made anew for every message has to be collected again. */
export class JoinedBytes {
  #kept = new Uint8Array(FIRST_BYTES);

  /** @returns the parts one after the other, until the next call */
  join(parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const to = this.#room(length);
    let at = 0;
    for (const part of parts) {
      to.set(part, at);
      at += part.length;
    }
    return to.subarray(0, length);
  }

  #room(length: number): Uint8Array {
    if (length <= this.#kept.length) return this.#kept;
    const longer = new Uint8Array(length * 2);
    if (longer.length <= KEPT_BYTES) this.#kept = longer;
    return longer;
  }
}
