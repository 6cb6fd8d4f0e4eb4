import { figuresInThread } from './file-thread.ts';
import type { PathFigures } from './file-thread-protocol.ts';
import { type FoundFile, skipped } from './folder-walk.ts';
import { readListedFile, stateOf, whyUnreadable } from './read-file.ts';
import type { SourceEntry } from './source.ts';

/** Items, or reports, of files that were found; null for one that is no longer there. */
export async function itemsOf(
  files: readonly FoundFile[],
  maxFileBytes: number,
): Promise<readonly (SourceEntry | null)[]> {
  if (files.length === 0) return [];
  const figures = await figuresInThread(files.map(({ path }) => path));
  return files.map((file, i) => itemOf(file, figures[i], maxFileBytes));
}

function itemOf(file: FoundFile, figures: PathFigures | undefined, maxBytes: number): SourceEntry | null {
  const { externalId, fileName, path } = file;
  if (figures === undefined) return null;
  if (!('size' in figures)) {
    if (figures.code === 'ENOENT') return null;
    return skipped(externalId, 'file.unreadable', whyUnreadable(figures.code ?? figures.message));
  }
  if (!figures.isFile) return null;
  const bytes = Number(figures.size);
  if (bytes > maxBytes) {
    const why = `it has ${bytes} bytes, more than the ${maxBytes} allowed (PLUMB_MAX_FILE_MB)`;
    return skipped(externalId, 'file.too-large', why);
  }
  const read = (signal: AbortSignal) => readListedFile(path, { bytes, maxBytes, signal });
  return { kind: 'item', externalId, fileName, state: stateOf(figures), bytes, read };
}
