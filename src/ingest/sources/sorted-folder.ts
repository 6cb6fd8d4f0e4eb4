import { listInThread } from './file-thread.ts';

/** What a folder's entry is; `other` is a pipe, socket or device. */
type EntryType = 'file' | 'folder' | 'symlink' | 'other';

const TYPES: Readonly<Record<string, EntryType>> = { f: 'file', d: 'folder', s: 'symlink' };

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

/** Entries given at once; matching the patterns of as many is a few milliseconds. */
const SLICE = 128;

/**
 * The entries of one folder in the order of their UTF-16 code units, the same on every machine and every run, some at a
 * time. Holds at most two windows of names: each pass over the folder keeps the smallest names not given yet.
 * @param window names per pass, ≥ 1
 * @throws the file system's error when the folder cannot be opened or read
 */
export async function* sortedFolder(
  path: string,
  signal: AbortSignal,
  window = WINDOW,
): AsyncGenerator<readonly FolderEntry[]> {
  let after: string | null = null;
  for (;;) {
    const found = await listInThread(path, after, window);
    signal.throwIfAborted();
    const names = found.names.split('/');
    for (let from = 0; from < found.types.length; from += SLICE) {
      yield names.slice(from, Math.min(from + SLICE, found.types.length)).map((name, i) => {
        return { name, type: TYPES[found.types.charAt(from + i)] ?? 'other' };
      });
    }
    if (!found.more) return;
    after = names[found.types.length - 1] ?? null;
  }
}
