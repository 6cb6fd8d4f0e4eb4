import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationAborted } from '../../base/index.ts';
import { HOME_MARKERS, ignoredFile, ignoredFolder } from './default-ignores.ts';
import { type GitignoreChain, GitignoreFile, isGitignored } from './gitignore.ts';
import type { PathMatcher } from './path-patterns.ts';
import { printableName } from './printable-name.ts';
import { readSettledFile, stateOf, systemCode, whyUnreadable } from './read-file.ts';
import { type FolderEntry, sortedFolder } from './sorted-folder.ts';
import type { SkipCode, SkippedItem, SourceEntry } from './source.ts';

const MAX_GITIGNORE_BYTES = 1 << 20;

/** What a walk needs to know. */
export interface WalkOptions {
  /** Real path of the root. */
  readonly root: string;
  readonly include: PathMatcher | null;
  readonly exclude: PathMatcher | null;
  /** Real path of our own home, or null. */
  readonly home: string | null;
  readonly maxFileBytes: number;
  readonly signal: AbortSignal;
}

/** A folder the walk is in. */
interface Frame {
  /** Relative to the root: empty, or ending in `/`. */
  readonly base: string;
  readonly entries: AsyncIterator<FolderEntry | SkippedItem>;
  readonly rules: GitignoreChain | null;
}

/**
 * Everything below a folder, depth first, each folder in name order. Holds the names of the folders it is in, never more.
 * @returns whether everything on the way could be read
 */
export async function* walkFolder(options: WalkOptions): AsyncGenerator<SourceEntry, boolean> {
  let complete = true;
  const stack: Frame[] = [];
  try {
    stack.push(await openFrame('', null, options));
    while (stack.length > 0) {
      const found = await takeEntry(stack, options);
      if (found === null) continue;
      complete &&= !isUnreadable(found);
      yield found;
    }
  } finally {
    for (const frame of stack) await frame.entries.return?.(undefined);
  }
  return complete;
}

/** Takes one entry of the innermost folder, entering and leaving folders on the stack. */
async function takeEntry(stack: Frame[], options: WalkOptions): Promise<SourceEntry | null> {
  const frame = stack.at(-1);
  if (frame === undefined) return null;
  if (options.signal.aborted) throw new OperationAborted('Listing a folder', options.signal.reason);
  const next = await nextEntry(frame, options.signal);
  if (next === 'end' || 'kind' in next) stack.pop();
  if (next === 'end') return null;
  if ('kind' in next) return next;
  const found = await examine(next, frame, options);
  if (found === 'enter') stack.push(await openFrame(`${frame.base}${next.name}/`, frame.rules, options));
  return found === 'enter' || found === 'gone' ? null : found;
}

function isUnreadable(entry: SourceEntry): boolean {
  return entry.kind === 'skipped' && (entry.code === 'file.unreadable' || entry.code === 'folder.unreadable');
}

async function openFrame(base: string, outer: GitignoreChain | null, { root, signal }: WalkOptions): Promise<Frame> {
  const path = join(root, base);
  const text = await readGitignore(join(path, '.gitignore'), signal);
  if (text === 'unreadable') {
    const report = skipped(base || './', 'folder.unreadable', 'the .gitignore in it cannot be read');
    return { base, entries: refused(report), rules: outer };
  }
  const rules = text === null ? outer : { base, file: new GitignoreFile(text.rules), outer };
  return { base, entries: sortedFolder(path, signal)[Symbol.asyncIterator](), rules };
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

/** The next entry of the folder, or the report that the folder cannot be read (any further). */
async function nextEntry(frame: Frame, signal: AbortSignal): Promise<FolderEntry | SkippedItem | 'end'> {
  try {
    const step = await frame.entries.next();
    return step.done === true ? 'end' : step.value;
  } catch (error) {
    if (signal.aborted) throw new OperationAborted('Listing a folder', signal.reason);
    const code = systemCode(error);
    if (code === null) throw error;
    return skipped(frame.base === '' ? './' : frame.base, 'folder.unreadable', whyUnreadable(code));
  }
}

/** What one entry means: an item or a report, a folder to enter, or nothing because it has just disappeared. */
async function examine(
  entry: FolderEntry,
  frame: Frame,
  options: WalkOptions,
): Promise<SourceEntry | 'enter' | 'gone'> {
  const externalId = frame.base + entry.name;
  if (entry.type === 'symlink')
    return skipped(externalId, 'ignored.symlink', 'it is a symbolic link, and those are not followed');
  if (entry.type === 'other')
    return skipped(externalId, 'ignored.special', 'it is a pipe, a socket or a device, not a file');
  if (entry.name.includes('\uFFFD'))
    return skipped(externalId, 'file.bad-name', 'its name is not valid Unicode; rename it');
  if (entry.type === 'folder') return (await folderReport(externalId, entry.name, { frame, options })) ?? 'enter';
  return fileReport(externalId, entry.name, { frame, options }) ?? itemAt(externalId, entry.name, options);
}

interface Surroundings {
  readonly frame: Frame;
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

async function itemAt(externalId: string, fileName: string, options: WalkOptions): Promise<SourceEntry | 'gone'> {
  const path = join(options.root, externalId);
  try {
    const figures = await lstat(path, { bigint: true });
    if (!figures.isFile()) return 'gone';
    const bytes = Number(figures.size);
    const maxBytes = options.maxFileBytes;
    if (bytes > maxBytes) {
      return skipped(
        externalId,
        'file.too-large',
        `it has ${bytes} bytes, more than the ${maxBytes} allowed (PLUMB_MAX_FILE_MB)`,
      );
    }
    const read = (signal: AbortSignal) => readSettledFile(path, { maxBytes, signal });
    return { kind: 'item', externalId, fileName, state: stateOf(figures), bytes, read };
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    return code === 'ENOENT' ? 'gone' : skipped(externalId, 'file.unreadable', whyUnreadable(code));
  }
}

function skipped(externalId: string, code: SkipCode, why: string): SkippedItem {
  const present = code.startsWith('file.') || code.startsWith('folder.');
  return { kind: 'skipped', externalId, code, reason: `“${printableName(externalId)}” was left out: ${why}.`, present };
}
