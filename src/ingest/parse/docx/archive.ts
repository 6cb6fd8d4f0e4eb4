import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { DocumentDamaged, DocumentEncrypted, DocumentTooLarge } from '../failures.ts';
import type { ReportProgress } from '../parse-file.ts';

const MOST_ENTRIES = 5_000;
/** Bytes all parts that are read may unpack into. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Bytes of one byte in the archive, at most, once a part is large; text packs 5 to 20 times. */
const HIGHEST_RATIO = 150;
const RATIO_MATTERS_FROM = 4 * 1024 * 1024;

const open = promisify<Buffer, object, ZipFile>(fromBuffer);

/** The names in an archive whose parts are known to unpack into a bearable size. */
export interface CheckedArchive {
  readonly names: ReadonlySet<string>;
}

/**
 * Unpacks every part a document parser would read, keeping nothing, so that a bomb is found before a library meets it;
 * what the archive says about its sizes is not believed.
 * @throws DocumentTooLarge, DocumentDamaged, DocumentEncrypted
 */
export async function checkArchive(bytes: Uint8Array, progress: ReportProgress): Promise<CheckedArchive> {
  const zip = await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }).catch(
    () => {
      throw new DocumentDamaged('its archive cannot be opened');
    },
  );
  const names = new Set<string>();
  let total = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      names.add(entry.fileName);
      if (names.size > MOST_ENTRIES) throw new DocumentTooLarge(`is an archive of more than ${MOST_ENTRIES} parts`);
      if (entry.isEncrypted()) throw new DocumentEncrypted();
      if (/\.(?:xml|rels)$/i.test(entry.fileName))
        total += await unpackedSize(zip, entry, { room: MOST_BYTES - total, progress });
    }
  } finally {
    zip.close();
  }
  return { names };
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const damaged = (): void => reject(new DocumentDamaged('its archive breaks off'));
      zip
        .once('entry', resolve)
        .once('end', () => resolve(null))
        .once('error', damaged);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (entry === null) return;
    yield entry;
  }
}

interface Unpacking {
  /** Bytes that may still come. */
  readonly room: number;
  readonly progress: ReportProgress;
}

async function unpackedSize(zip: ZipFile, entry: Entry, { room, progress }: Unpacking): Promise<number> {
  const stream = await promisify(
    zip.openReadStream.bind(zip) as (e: Entry, d: (error: Error | null, s: NodeJS.ReadableStream) => void) => void,
  )(entry);
  let size = 0;
  try {
    for await (const piece of stream) {
      size += (piece as Buffer).length;
      if (size > room) throw new DocumentTooLarge(`unpacks into more than ${MOST_BYTES / 1024 / 1024} MB`);
      if (size > RATIO_MATTERS_FROM && size > entry.compressedSize * HIGHEST_RATIO) {
        throw new DocumentTooLarge(`unpacks into more than ${HIGHEST_RATIO} times its size, as an archive bomb does`);
      }
      progress();
    }
  } catch (error) {
    if (error instanceof DocumentTooLarge) throw error;
    throw new DocumentDamaged(`its part “${entry.fileName.slice(0, 80)}” cannot be unpacked`);
  }
  return size;
}
