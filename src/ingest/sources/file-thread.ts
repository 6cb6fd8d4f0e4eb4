import { siblingModule } from '../../base/index.ts';
import { IdleThread } from '../../store/index.ts';
import type { FilesAnswer, FilesRequest, FileToRead, PathFigures, ThreadRead } from './file-thread-protocol.ts';
import type { FolderNames } from './folder-names.ts';

/** Files and bytes one message asks for at most, about. */
const FILES_TOGETHER = 64;
const BYTES_TOGETHER = 8 * 1024 * 1024;

const thread = new IdleThread<FilesRequest, FilesAnswer>({
  name: 'files',
  module: siblingModule(import.meta.url, './files.worker'),
});

interface WaitingRead extends FileToRead {
  readonly answer: PromiseWithResolvers<ThreadRead>;
}

let waiting: WaitingRead[] = [];

/**
 * Reads a small file. Calls made without a pause between them travel together.
 * @returns null when it could not be had: read it in the ordinary way to hear why
 */
export function readInThread(file: FileToRead): Promise<ThreadRead> {
  if (waiting.length === 0) queueMicrotask(sendReads);
  const answer = Promise.withResolvers<ThreadRead>();
  waiting.push({ ...file, answer });
  return answer.promise;
}

function sendReads(): void {
  const reads = waiting;
  waiting = [];
  for (let from = 0; from < reads.length; ) {
    let to = from;
    for (let bytes = 0; to < reads.length && to - from < FILES_TOGETHER && bytes < BYTES_TOGETHER; to++) {
      bytes += reads[to]?.bytes ?? 0;
    }
    void readTogether(reads.slice(from, to));
    from = to;
  }
}

async function readTogether(reads: readonly WaitingRead[]): Promise<void> {
  const files = reads.map(({ path, bytes }) => ({ path, bytes }));
  const contents = await ask('read', { kind: 'read', files }).then(
    (found) => found.files,
    () => [],
  );
  for (const [i, { answer }] of reads.entries()) answer.resolve(contents[i] ?? null);
}

/** Size, times and kind of each path; last links are not followed. */
export async function figuresInThread(paths: readonly string[]): Promise<readonly PathFigures[]> {
  return (await ask('figures', { kind: 'figures', paths })).figures;
}

/** The `window` smallest names of a folder behind `after`. @throws the file system's error */
export async function listInThread(path: string, after: string | null, window: number): Promise<FolderNames> {
  return await ask('list', { kind: 'list', path, after, window });
}

type AnswerTo<Kind> = Extract<FilesAnswer, { kind: Kind }>;

async function ask<Kind extends FilesAnswer['kind']>(kind: Kind, request: FilesRequest): Promise<AnswerTo<Kind>> {
  const answer = await thread.call(request);
  if (answer.kind === 'failed') {
    const { message, code, syscall } = answer.failure;
    throw Object.assign(new Error(message), { code, syscall });
  }
  if (answer.kind !== kind) throw new TypeError(`The files thread answered ${answer.kind} to ${kind}.`);
  return answer as AnswerTo<Kind>;
}
