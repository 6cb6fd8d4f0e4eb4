const PAGE = 65_536;
/** Share of what there is by which it grows at least. */
const GROWTH = 0.1;

/** Memory shared with WebAssembly that is as long as it has to be. */
export class GrowingMemory {
  readonly shared: WebAssembly.Memory;
  #buffer: ArrayBuffer;

  /** @param bytes it begins with at least */
  constructor(bytes: number) {
    this.shared = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) });
    this.#buffer = this.shared.buffer;
  }

  /** Until it is made to reach further. */
  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#buffer.byteLength;
  }

  /** Makes it this long, or longer. */
  reach(bytes: number): void {
    if (bytes <= this.bytes) return;
    this.shared.grow(Math.ceil(Math.max(bytes - this.bytes, this.bytes * GROWTH) / PAGE));
    this.#buffer = this.shared.buffer;
  }
}
