/** What is used of yauzl, which brings no declarations. */
declare module 'yauzl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  export interface Entry {
    readonly fileName: string;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    isEncrypted(): boolean;
  }
  export interface ZipFile extends EventEmitter {
    readEntry(): void;
    openReadStream(entry: Entry, done: (error: Error | null, stream: Readable) => void): void;
    close(): void;
  }
  export function fromBuffer(
    bytes: Buffer,
    options: { lazyEntries?: boolean },
    done: (error: Error | null, zip: ZipFile) => void,
  ): void;
}
