import { close, open, read } from 'node:fs';

/** Files kept open, of a thousand that a process may usually open. */
const MOST_OPEN = 64;

interface OpenFile {
  readonly descriptor: Promise<number>;
  readonly closed: PromiseWithResolvers<void>;
  readers: number;
  /** It is closed when its last reader is done. */
  isDropped: boolean;
}

/**
 * Reads parts of files that do not change and keeps the ones used last open: one turn of Node's thread pool per part instead of
 * three, which are half of what reading a page from memory costs.
 */
export class OpenFiles {
  /** By path, the one used last is last. */
  readonly #files = new Map<string, OpenFile>();

  /** Bytes from `start` to before `end`, fewer where the file ends before. @throws what opening it throws */
  async read(path: string, { start, end }: { readonly start: number; readonly end: number }): Promise<Uint8Array> {
    const file = this.#files.get(path) ?? this.#open(path);
    this.#files.delete(path);
    this.#files.set(path, file);
    file.readers += 1;
    this.#dropOldest();
    try {
      return await readFrom(await file.descriptor, { start, end });
    } finally {
      file.readers -= 1;
      this.#closeUnused(file);
    }
  }

  /** Closes a file, once what is reading it is done; settles when it is closed. */
  async drop(path: string): Promise<void> {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    file.isDropped = true;
    this.#closeUnused(file);
    await file.closed.promise;
  }

  /** Closes all files. */
  async close(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((path) => this.drop(path)));
  }

  #open(path: string): OpenFile {
    const descriptor = new Promise<number>((resolve, reject) => {
      open(path, 'r', (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    const file = { descriptor, closed: Promise.withResolvers<void>(), readers: 0, isDropped: false };
    descriptor.catch(() => {
      // Whoever asks next tries anew.
      if (this.#files.get(path) === file) void this.drop(path);
    });
    return file;
  }

  #dropOldest(): void {
    for (const path of this.#files.keys()) {
      if (this.#files.size <= MOST_OPEN) return;
      void this.drop(path);
    }
  }

  #closeUnused(file: OpenFile): void {
    if (!file.isDropped || file.readers > 0) return;
    file.descriptor.then(
      (descriptor) => close(descriptor, () => file.closed.resolve()),
      () => file.closed.resolve(), // it was never open
    );
  }
}

function readFrom(descriptor: number, { start, end }: { start: number; end: number }): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const bytes = new Uint8Array(Math.max(0, end - start));
    read(descriptor, bytes, 0, bytes.length, start, (error, length) =>
      error ? reject(error) : resolve(bytes.subarray(0, length)),
    );
  });
}
