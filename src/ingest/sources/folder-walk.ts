import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationAborted } from '../../base/index.ts';
import { HOME_MARKERS, ignoredFile, ignoredFolder } from './default-ignores.ts';
import { type GitignoreChain, GitignoreFile, isGitignored } from './gitignore.ts';
import type { PathMatcher } from './path-patterns.ts';
import { printableName } from './printable-name.ts';
import { readSettledFile, systemCode, whyUnreadable } from './read-file.ts';
import { type FolderEntry, sortedFolder } from './sorted-folder.ts';
import type { SkipCode, SkippedItem } from './source.ts';

const MAX_GITIGNORE_BYTES = 1 << 20;

/** What a walk needs to know. */
export interface WalkOptions {
  /** Real path of the root. */
  readonly root: string;
  readonly include: PathMatcher | null;
  readonly exclude: PathMatcher | null;
  /** Real path of our own home, or null. */
  readonly home: string | null;
  readonly signal: AbortSignal;
}

/** A regular file that nothing leaves out, as far as its name tells. */
export interface FoundFile {
  readonly kind: 'file';
  readonly externalId: string;
  readonly fileName: string;
  readonly path: string;
}

/** What files are, looked at some at a time, in their order; null for one that is no longer there. */
type Look<Item> = (files: readonly FoundFile[]) => Promise<readonly (Item | SkippedItem | null)[]>;

/** A walk with what it makes of files. */
interface Walk<Item> extends WalkOptions {
  readonly look: Look<Item>;
}

interface FoundFolder {
  readonly kind: 'folder';
  readonly name: string;
}

/** A folder the walk is in. */
interface Frame<Item> {
  /** Relative to the root: empty, or ending in `/`. */
  readonly base: string;
  readonly slices: AsyncIterator<readonly FolderEntry[] | SkippedItem>;
  readonly rules: GitignoreChain | null;
  /** Entries looked at and not taken yet. */
  ahead: Iterator<Item | SkippedItem | FoundFolder | null>;
}

/**
 * Everything below a folder, depth first, each folder in name order. Holds the names of the folders it is in, never more.
 * @param look makes items of files
 * @returns whether everything on the way could be read
 */
export async function* walkFolder<Item extends { readonly kind: 'item' | 'file' }>(
  options: WalkOptions,
  look: Look<Item>,
): AsyncGenerator<Item | SkippedItem, boolean> {
  const walk = { ...options, look };
  let complete = true;
  const stack: Frame<Item>[] = [];
  try {
    stack.push(await openFrame('', null, walk));
    while (stack.length > 0) {
      const found = await takeEntry(stack, walk);
      if (found === null) continue;
      complete &&= !(found.kind === 'skipped' && isUnreadable(found));
      yield found;
    }
  } finally {
    for (const frame of stack) await frame.slices.return?.(undefined);
  }
  return complete;
}

/** Takes one entry of the innermost folder, entering and leaving folders on the stack. */
async function takeEntry<Item extends { readonly kind: 'item' | 'file' }>(
  stack: Frame<Item>[],
  walk: Walk<Item>,
): Promise<Item | SkippedItem | null> {
  const frame = stack.at(-1);
  if (frame === undefined) return null;
  if (walk.signal.aborted) throw new OperationAborted('Listing a folder', walk.signal.reason);
  const next = frame.ahead.next();
  if (next.done === true) return await lookAhead(stack, frame, walk);
  const found = next.value;
  if (found?.kind !== 'folder') return found;
  const report = await folderReport(frame.base + found.name, found.name, { frame, options: walk });
  if (report === null) stack.push(await openFrame(`${frame.base}${found.name}/`, frame.rules, walk));
  return report;
}

/** Looks at the folder's next entries; leaves it at its end, or when it cannot be read (any further). */
async function lookAhead<Item>(
  stack: Frame<Item>[],
  frame: Frame<Item>,
  walk: Walk<Item>,
): Promise<SkippedItem | null> {
  const next = await nextSlice(frame, walk.signal);
  if (next === 'end' || 'kind' in next) stack.pop();
  if (next === 'end') return null;
  if ('kind' in next) return next;
  const found = next.map((entry) => examine(entry, { frame, options: walk }));
  const items = (await walk.look(found.filter((each) => each.kind === 'file'))).values();
  frame.ahead = found.map((each) => (each.kind === 'file' ? (items.next().value ?? null) : each)).values();
  return null;
}

function isUnreadable({ code }: SkippedItem): boolean {
  return code === 'file.unreadable' || code === 'folder.unreadable';
}

async function openFrame(
  base: string,
  outer: GitignoreChain | null,
  { root, signal }: WalkOptions,
): Promise<Frame<never>> {
  const ahead = [].values();
  const path = join(root, base);
  const text = await readGitignore(join(path, '.gitignore'), signal);
  if (text === 'unreadable') {
    const report = skipped(base || './', 'folder.unreadable', 'the .gitignore in it cannot be read');
    return { base, slices: refused(report), rules: outer, ahead };
  }
  const rules = text === null ? outer : { base, file: new GitignoreFile(text.rules), outer };
  return { base, slices: sortedFolder(path, signal), rules, ahead };
}

/** Null when there is none; as in Git, one that is no regular file does not count. */
async function readGitignore(path: string, signal: AbortSignal): Promise<{ rules: string } | null | 'unreadable'> {
  try {
    const isFile = await lstat(path).then(
      (figures) => figures.isFile(),
      () => false,
    );
    if (!isFile) return null;
    return { rules: new TextDecoder().decode(await readSettledFile(path, { maxBytes: MAX_GITIGNORE_BYTES, signal })) };
  } catch (error) {
    if (signal.aborted) throw error;
    return 'unreadable';
  }
}

/** A folder that is not read and says why. */
async function* refused(report: SkippedItem): AsyncGenerator<SkippedItem> {
  yield report;
}

/** The next entries of the folder, or the report that it cannot be read (any further). */
async function nextSlice(
  frame: Frame<unknown>,
  signal: AbortSignal,
): Promise<readonly FolderEntry[] | SkippedItem | 'end'> {
  try {
    const step = await frame.slices.next();
    return step.done === true ? 'end' : step.value;
  } catch (error) {
    if (signal.aborted) throw new OperationAborted('Listing a folder', signal.reason);
    const code = systemCode(error);
    if (code === null) throw error;
    return skipped(frame.base === '' ? './' : frame.base, 'folder.unreadable', whyUnreadable(code));
  }
}

/** What one entry means, as far as its name and type tell. */
function examine(entry: FolderEntry, { frame, options }: Surroundings): FoundFile | FoundFolder | SkippedItem {
  const externalId = frame.base + entry.name;
  if (entry.type === 'symlink')
    return skipped(externalId, 'ignored.symlink', 'it is a symbolic link, and those are not followed');
  if (entry.type === 'other')
    return skipped(externalId, 'ignored.special', 'it is a pipe, a socket or a device, not a file');
  if (entry.name.includes('\uFFFD'))
    return skipped(externalId, 'file.bad-name', 'its name is not valid Unicode; rename it');
  if (entry.type === 'folder') return { kind: 'folder', name: entry.name };
  const report = fileReport(externalId, entry.name, { frame, options });
  return report ?? { kind: 'file', externalId, fileName: entry.name, path: join(options.root, externalId) };
}

interface Surroundings {
  readonly frame: Frame<unknown>;
  readonly options: WalkOptions;
}

async function folderReport(path: string, name: string, { frame, options }: Surroundings): Promise<SkippedItem | null> {
  const shown = `${path}/`;
  const ignored = ignoredFolder(name);
  if (ignored !== null) return skipped(shown, ignored.code, ignored.why);
  if (await isOurHome(join(options.root, path), options.home)) {
    return skipped(shown, 'ignored.home', 'Plumbline keeps its own data in it');
  }
  if (options.exclude?.(path) === true) return skipped(shown, 'ignored.excluded', 'it matches an exclude pattern');
  return isGitignored(shown, frame.rules) ? skipped(shown, 'ignored.gitignore', 'a .gitignore says so') : null;
}

async function isOurHome(path: string, home: string | null): Promise<boolean> {
  if (path === home) return true;
  for (const name of HOME_MARKERS) {
    const present = await lstat(join(path, name)).then(Boolean, () => false);
    if (!present) return false;
  }
  return true;
}

function fileReport(path: string, name: string, { frame, options }: Surroundings): SkippedItem | null {
  const ignored = ignoredFile(name);
  if (ignored !== null) return skipped(path, ignored.code, ignored.why);
  if (options.exclude?.(path) === true) return skipped(path, 'ignored.excluded', 'it matches an exclude pattern');
  if (options.include?.(path) === false) return skipped(path, 'ignored.not-included', 'it matches no include pattern');
  return isGitignored(path, frame.rules) ? skipped(path, 'ignored.gitignore', 'a .gitignore says so') : null;
}

/** The report of something that is left out. */
export function skipped(externalId: string, code: SkipCode, why: string): SkippedItem {
  const present = code.startsWith('file.') || code.startsWith('folder.');
  return { kind: 'skipped', externalId, code, reason: `“${printableName(externalId)}” was left out: ${why}.`, present };
}
