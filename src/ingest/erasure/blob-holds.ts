/**
 * Keeps blobs that are about to be referred to from being removed as nobody's: from before they are put until the row
 * that refers to them is committed. Within this process.
 */
export class BlobHolds {
  readonly #held = new Map<string, { count: number; readonly free: PromiseWithResolvers<void> }>();
  readonly #removing = new Map<string, Promise<void>>();

  /** Begins holding for one piece of work. */
  begin(): BlobHold {
    return new BlobHold({
      keep: async (sha256) => {
        const held = this.#held.get(sha256) ?? { count: 0, free: Promise.withResolvers<void>() };
        held.count++;
        this.#held.set(sha256, held);
        await this.#removing.get(sha256);
      },
      release: (sha256) => {
        const held = this.#held.get(sha256);
        if (held === undefined || --held.count > 0) return;
        this.#held.delete(sha256);
        held.free.resolve();
      },
    });
  }

  /** Runs `remove` while nobody holds any of the blobs; whoever wants to hold one waits for it. */
  async removing(blobs: readonly string[], remove: () => Promise<void>): Promise<void> {
    for (;;) {
      const busy = blobs.flatMap((sha256) => this.#held.get(sha256)?.free.promise ?? this.#removing.get(sha256) ?? []);
      if (busy.length === 0) break;
      await Promise.all(busy);
    }
    const done = Promise.withResolvers<void>();
    for (const sha256 of blobs) this.#removing.set(sha256, done.promise);
    try {
      await remove();
    } finally {
      for (const sha256 of blobs) this.#removing.delete(sha256);
      done.resolve();
    }
  }
}

interface Holder {
  readonly keep: (sha256: string) => Promise<void>;
  readonly release: (sha256: string) => void;
}

/** Blobs held for one piece of work. */
export class BlobHold {
  readonly #holder: Holder;
  readonly #kept: string[] = [];

  constructor(holder: Holder) {
    this.#holder = holder;
  }

  /** Holds a blob; call it before the blob is put. */
  async keep(sha256: string): Promise<void> {
    this.#kept.push(sha256);
    await this.#holder.keep(sha256);
  }

  /** Lets go, once what refers to the blobs is committed or given up. */
  release(): void {
    for (const sha256 of this.#kept.splice(0)) this.#holder.release(sha256);
  }
}
