import { opendir } from 'node:fs/promises';

/** What a folder's entry is; `other` is a pipe, socket or device. */
type EntryType = 'file' | 'folder' | 'symlink' | 'other';

/** One name in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly type: EntryType;
}

/**
 * Names held at once while a folder is listed, about 20 MB; a larger folder is read several times instead (a million
 * files: ten times, some 2 s each).
 */
const WINDOW = 100_000;

/**
 * The entries of one folder in the order of their UTF-16 code units, the same on every machine and every run. Holds at
 * most two windows of names: each pass over the folder keeps the smallest names not given yet.
 * @param window names per pass, ≥ 1
 * @throws the file system's error when the folder cannot be opened or read
 */
export async function* sortedFolder(path: string, signal: AbortSignal, window = WINDOW): AsyncGenerator<FolderEntry> {
  let after: string | null = null;
  for (;;) {
    const batch = await smallestAfter(path, after, { signal, window });
    yield* batch.entries;
    if (!batch.more) return;
    after = batch.entries.at(-1)?.name ?? null;
  }
}

interface Batch {
  readonly entries: readonly FolderEntry[];
  readonly more: boolean;
}

async function smallestAfter(
  path: string,
  after: string | null,
  { signal, window }: { signal: AbortSignal; window: number },
): Promise<Batch> {
  let kept: FolderEntry[] = [];
  let more = false;
  for await (const entry of await opendir(path, { bufferSize: 512 })) {
    signal.throwIfAborted();
    if (after !== null && entry.name <= after) continue;
    kept.push({ name: entry.name, type: typeOf(entry) });
    if (kept.length < window * 2) continue;
    kept = kept.sort(byName).slice(0, window);
    more = true;
  }
  kept.sort(byName);
  return { entries: kept.slice(0, window), more: more || kept.length > window };
}

function typeOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryType {
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

function byName(left: FolderEntry, right: FolderEntry): number {
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
