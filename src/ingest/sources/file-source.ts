import { lstat, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { OperationAborted } from '../../base/index.ts';
import { readSettledFile, stateOf, systemCode, whyUnreadable } from './read-file.ts';
import { listingOf, type Source, type SourceItem } from './source.ts';
import { SourceNotFound, SourceTooLarge, SourceUnreadable } from './source-error.ts';

/**
 * One file somebody named. Its `externalId` is its name; ignore rules do not apply, and a symbolic link is followed here
 * and only here, since the person pointed at it.
 * @param path absolute, or relative to the working folder
 * @param maxFileBytes cap on its size
 */
export function fileSource(path: string, { maxFileBytes }: { readonly maxFileBytes: number }): Source {
  const given = resolve(path);
  return {
    kind: 'file',
    root: given,
    list: (signal) =>
      listingOf(async function* () {
        if (signal.aborted) throw new OperationAborted('Listing a file', signal.reason);
        yield await itemAt(given, maxFileBytes);
        return true;
      }),
  };
}

async function itemAt(given: string, maxBytes: number): Promise<SourceItem> {
  try {
    const path = await realpath(given);
    const figures = await lstat(path, { bigint: true });
    if (!figures.isFile()) throw new SourceNotFound(given, 'file');
    const bytes = Number(figures.size);
    if (bytes > maxBytes) throw new SourceTooLarge(given, bytes, maxBytes);
    const fileName = basename(given);
    const read = (signal: AbortSignal) => readSettledFile(path, { maxBytes, signal });
    return { kind: 'item', externalId: fileName, fileName, state: stateOf(figures), bytes, read };
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new SourceNotFound(given, 'file', error);
    throw new SourceUnreadable(given, whyUnreadable(code), error);
  }
}
