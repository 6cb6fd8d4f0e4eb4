import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the folder, read. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Reads a folder of text files for the peers: 32 at a time, which is faster than their own directory loaders. */
export async function readFolder(folder: string): Promise<TextFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: TextFile[] = [];
  for (let at = 0; at < paths.length; at += 32) {
    const batch = paths.slice(at, at + 32).map(async (path) => ({ path, text: await readFile(path, 'utf8') }));
    files.push(...(await Promise.all(batch)));
  }
  return files;
}
