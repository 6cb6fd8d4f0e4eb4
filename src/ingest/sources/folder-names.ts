import { opendirSync } from 'node:fs';

/** File, directory, symbolic link; other: pipe, socket, device. */
type EntryType = 'f' | 'd' | 's' | 'o';

/** Some entries of one folder in the order of their UTF-16 code units; as two strings, since those travel fastest. */
export interface FolderNames {
  /** Each followed by `/`. */
  readonly names: string;
  /** One letter for each: `f`ile, `d`irectory, `s`ymbolic link, `o`ther. */
  readonly types: string;
  /** Whether there are entries behind these. */
  readonly more: boolean;
}

/**
 * The `window` smallest names behind `after`. Holds at most two windows of names. Blocks: for a worker thread.
 * @throws the file system's error when the folder cannot be opened or read
 */
export function smallestAfter(path: string, after: string | null, window: number): FolderNames {
  let kept: [name: string, type: EntryType][] = [];
  let more = false;
  const folder = opendirSync(path, { bufferSize: 512 });
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (after !== null && entry.name <= after) continue;
      kept.push([entry.name, typeOf(entry)]);
      if (kept.length < window * 2) continue;
      kept = kept.sort(byName).slice(0, window);
      more = true;
    }
  } finally {
    folder.closeSync();
  }
  kept.sort(byName);
  const given = kept.slice(0, window);
  return {
    names: given.map(([name]) => `${name}/`).join(''),
    types: given.map(([, type]) => type).join(''),
    more: more || kept.length > window,
  };
}

function typeOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryType {
  if (entry.isSymbolicLink()) return 's';
  if (entry.isDirectory()) return 'd';
  return entry.isFile() ? 'f' : 'o';
}

function byName([left]: readonly [string, EntryType], [right]: readonly [string, EntryType]): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
