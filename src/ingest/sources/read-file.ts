import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { OperationAborted } from '../../base/index.ts';
import { readInThread } from './file-thread.ts';
import { SourceChanging, SourceNotFound, SourceTooLarge, SourceUnreadable } from './source-error.ts';

const READ_STEP_BYTES = 1 << 20;

/** Larger files are read on their own, a step at a time. */
const SMALL_BYTES = 1 << 20;

/** Figures of a file that change when its content may have. */
export interface FileFigures {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Which bytes to read, and where to put them. */
interface ReadPart {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly length: number;
  readonly position: number;
}

/** What is needed of an open file. */
export interface OpenFile {
  stat(options: { bigint: true }): Promise<FileFigures & { isFile(): boolean }>;
  read(part: ReadPart): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
}

/** Limits of one read. */
export interface ReadOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** How a path is opened; the default never follows a symbolic link and never waits for a pipe. */
  readonly openFile?: (path: string) => Promise<OpenFile>;
}

/** The opaque state of a file: two equal states mean the same content. The change time catches a kept modification time. */
export function stateOf({ size, mtimeNs, ctimeNs }: FileFigures): string {
  return `${size}:${mtimeNs}:${ctimeNs}`;
}

/**
 * {@link readSettledFile} for a file whose size is known: small ones asked for together are read together.
 * @param options `bytes`: its size as listed
 */
export async function readListedFile(
  path: string,
  options: ReadOptions & { readonly bytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, signal } = options;
  if (signal.aborted) throw new OperationAborted('Reading a file', signal.reason);
  const content = bytes > SMALL_BYTES ? null : await readInThread({ path, bytes });
  if (signal.aborted) throw new OperationAborted('Reading a file', signal.reason);
  return content ?? (await readSettledFile(path, options));
}

/**
 * Reads a whole regular file. When it changes while being read it is read once more.
 * @throws SourceNotFound, SourceUnreadable, SourceTooLarge, SourceChanging, OperationAborted
 */
export async function readSettledFile(path: string, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const content = (await readOnce(path, options)) ?? (await readOnce(path, options));
  if (content === null) throw new SourceChanging(path);
  return content;
}

/** Null when the file changed meanwhile. */
async function readOnce(path: string, options: ReadOptions): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const file = await (options.openFile ?? openRegular)(path);
    try {
      const before = await file.stat({ bigint: true });
      if (!before.isFile()) throw new SourceUnreadable(path, 'it is not a regular file');
      if (before.size > options.maxBytes) throw new SourceTooLarge(path, Number(before.size), options.maxBytes);
      const content = await readUpTo(file, Number(before.size), options.signal);
      const after = await file.stat({ bigint: true });
      return content !== null && stateOf(before) === stateOf(after) ? content : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw named(error, path);
  }
}

/** Exactly `size` bytes, or null when the file has become shorter. */
async function readUpTo(file: OpenFile, size: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  const content = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    if (signal.aborted) throw new OperationAborted('Reading a file', signal.reason);
    const length = Math.min(READ_STEP_BYTES, size - filled);
    const { bytesRead } = await file.read({ buffer: content, offset: filled, length, position: filled });
    if (bytesRead === 0) return null;
    filled += bytesRead;
  }
  return content;
}

async function openRegular(path: string): Promise<OpenFile> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}

function named(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === null) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SourceNotFound(path, 'file', error);
  if (code === 'ELOOP') return new SourceUnreadable(path, 'it is a symbolic link, and those are not followed', error);
  return new SourceUnreadable(path, whyUnreadable(code), error);
}

/** The file system's code (`ENOENT`), or null when this is no error of the file system. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'syscall' in error ? error.code : null;
}

/** The file system's refusal in words; completes “could not be read: ”. */
export function whyUnreadable(code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return 'this user has no permission to read it';
  if (code === 'ENAMETOOLONG') return 'its path is longer than the system allows';
  if (code === 'EMFILE' || code === 'ENFILE') return 'too many files are open';
  return `the system answered ${code}`;
}
