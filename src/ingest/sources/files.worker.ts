/** Lists folders and reads small files in a thread of its own, with synchronous calls. Started by `file-thread.ts`. */
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { smallestAfter } from './folder-names.ts';
import type {
  FilesAnswer,
  FilesRequest,
  FileToRead,
  PathFigures,
  SystemFailure,
  ThreadRead,
} from './file-thread-protocol.ts';

/** The whole file when it is as listed and stands still meanwhile; all other cases are the caller's. */
function readSmall({ path, bytes }: FileToRead): ThreadRead {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const before = fstatSync(file, { bigint: true });
      if (!before.isFile() || before.size !== BigInt(bytes)) return null;
      const content = new Uint8Array(bytes);
      if (!filled(file, content)) return null;
      return unchanged(before, fstatSync(file, { bigint: true })) ? content : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // the caller meets the same failure and gives it its name
  }
}

function filled(file: number, content: Uint8Array): boolean {
  for (let at = 0; at < content.length; ) {
    const count = readSync(file, content, at, content.length - at, at);
    if (count === 0) return false;
    at += count;
  }
  return true;
}

function unchanged(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs && before.ctimeNs === after.ctimeNs;
}

function carryOut(request: FilesRequest): FilesAnswer {
  switch (request.kind) {
    case 'read':
      return { kind: 'read', files: request.files.map(readSmall) };
    case 'figures':
      return { kind: 'figures', figures: request.paths.map(figuresOf) };
    case 'list':
      return { kind: 'list', ...smallestAfter(request.path, request.after, request.window) };
  }
}

function figuresOf(path: string): PathFigures {
  try {
    const found = lstatSync(path, { bigint: true });
    return { size: found.size, mtimeNs: found.mtimeNs, ctimeNs: found.ctimeNs, isFile: found.isFile() };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): SystemFailure {
  const { message, code, syscall } = error as NodeJS.ErrnoException;
  return { message, code, syscall };
}

const port = parentPort;
port?.on('message', (request: FilesRequest) => {
  let answer: FilesAnswer;
  try {
    answer = carryOut(request);
  } catch (error) {
    answer = { kind: 'failed', failure: failureOf(error) };
  }
  const moved = answer.kind === 'read' ? answer.files.flatMap((file) => file?.buffer ?? []) : [];
  port.postMessage(answer, moved);
});
