import { realpath, stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { HOME_MARKERS } from './default-ignores.ts';
import { itemsOf } from './folder-items.ts';
import { type WalkOptions, walkFolder } from './folder-walk.ts';
import { compilePatterns } from './path-patterns.ts';
import { systemCode, whyUnreadable } from './read-file.ts';
import { listingOf, type Source } from './source.ts';
import { SourceBlocked, SourceNotFound, SourceUnreadable } from './source-error.ts';

/** What to take from a folder. */
export interface FolderOptions {
  /** Larger files are reported as `file.too-large` and not read. */
  readonly maxFileBytes: number;
  /** Globs; when given, only files matching one of them are taken. Never brings back what is ignored by default. */
  readonly include?: readonly string[];
  /** Globs of files and folders to leave out. */
  readonly exclude?: readonly string[];
  /** Our own home (PLUMB_HOME): never read, wherever it lies. */
  readonly home?: string;
}

/**
 * A folder and everything below it, without what `default-ignores.ts` and the `.gitignore` files in it leave out.
 * Symbolic links are reported and not followed; the root itself may be one. What cannot be read is reported and makes
 * the listing incomplete. Memory does not grow with the number of files.
 * @param path absolute, or relative to the working folder
 * @throws SourceBadPattern; while listing SourceNotFound, SourceUnreadable, SourceBlocked, OperationAborted
 */
export function folderSource(path: string, options: FolderOptions): Source {
  const given = resolve(path);
  const include = compilePatterns(options.include ?? []);
  const exclude = compilePatterns(options.exclude ?? []);
  const open = async (signal: AbortSignal): Promise<WalkOptions> => {
    const home = options.home === undefined ? null : await realpath(options.home).catch(() => null);
    return { root: await openRoot(given, home), include, exclude, home, signal };
  };
  return {
    kind: 'folder',
    root: given,
    list: (signal) =>
      listingOf(async function* () {
        return yield* walkFolder(await open(signal), (files) => itemsOf(files, options.maxFileBytes));
      }),
    count: async (signal) => {
      let total = 0;
      const found = walkFolder(await open(signal), (files) => Promise.resolve(files));
      for await (const { kind } of found) if (kind === 'file') total++;
      return total;
    },
  };
}

/** The real path of the root, once it is known to be a readable folder that is not ours. */
async function openRoot(given: string, home: string | null): Promise<string> {
  try {
    const root = await realpath(given);
    if (!(await stat(root)).isDirectory()) throw new SourceNotFound(given, 'folder');
    const inHome = home !== null && (root === home || root.startsWith(home + sep));
    if (inHome || basename(root) === '.plumbline' || (await isHome(root))) {
      throw new SourceBlocked(given, 'Plumbline keeps its own data there', 'a folder of documents outside PLUMB_HOME');
    }
    return root;
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new SourceNotFound(given, 'folder', error);
    throw new SourceUnreadable(given, whyUnreadable(code), error);
  }
}

async function isHome(root: string): Promise<boolean> {
  const present = await Promise.all(
    HOME_MARKERS.map((name) => stat(`${root}${sep}${name}`).then(Boolean, () => false)),
  );
  return present.every(Boolean);
}
