/** The part of the ustar format (POSIX.1-1988) a backup needs: plain files, whole in memory one at a time. */
const BLOCK = 512;
/** A single file of a backup is never larger. */
const MAX_ENTRY_BYTES = 1024 * 1024 * 1024;

/** A file of an archive. */
export interface TarEntry {
  /** Relative path with forward slashes; the last part ≤ 100 bytes, what comes before ≤ 155. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The archive's bytes are not a tar we could have written. */
class TarDamaged extends Error {}

/** Header, content, padding of one file. */
export function* tarFile({ name, bytes }: TarEntry): Generator<Uint8Array> {
  yield headerOf(name, bytes.length);
  yield bytes;
  yield new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK);
}

/** What ends an archive. */
export const TAR_END = new Uint8Array(2 * BLOCK);

function headerOf(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const slash = name.lastIndexOf('/');
  header.write(name.slice(slash + 1), 0, 100, 'utf8');
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  header.write(slash < 0 ? '' : name.slice(0, slash), 345, 155, 'utf8');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Sum of the header's bytes, the checksum's own counted as spaces. */
function checksumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** The files of an archive in order. @throws TarDamaged */
export async function* readTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = new BlockReader(stream);
  for (;;) {
    const header = Buffer.from(await source.take(BLOCK));
    if (header.every((byte) => byte === 0)) return;
    const size = sizeFrom(header);
    const bytes = await source.take(size);
    await source.take((BLOCK - (size % BLOCK)) % BLOCK);
    const [name, folder] = [textFrom(header, 0, 100), textFrom(header, 345, 155)];
    yield { name: folder === '' ? name : `${folder}/${name}`, bytes };
  }
}

function sizeFrom(header: Buffer): number {
  const size = Number.parseInt(textFrom(header, 124, 12), 8);
  const sum = Number.parseInt(textFrom(header, 148, 8), 8);
  if (sum !== checksumOf(header) || !(size >= 0 && size <= MAX_ENTRY_BYTES)) throw new TarDamaged('bad header');
  return size;
}

function textFrom(header: Buffer, at: number, length: number): string {
  const field = header.toString('utf8', at, at + length);
  return field.split('\0', 1)[0] ?? '';
}

/** Hands out a stream in pieces of the sizes asked for. */
class BlockReader {
  readonly #stream: AsyncIterator<Uint8Array>;
  #pieces: Uint8Array[] = [];
  #held = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Uint8Array> {
    while (this.#held < size) {
      const next = await this.#stream.next();
      if (next.done === true) throw new TarDamaged('the archive ends early');
      this.#pieces.push(next.value);
      this.#held += next.value.length;
    }
    const all = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces);
    const whole = all ?? new Uint8Array();
    this.#pieces = whole.length > size ? [whole.subarray(size)] : [];
    this.#held = whole.length - size;
    return whole.subarray(0, size);
  }
}
