/** Writes blobs in a thread of their own: many small files cost least with synchronous calls. Started by `disk-blobs.ts`. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { giveWay } from './give-way.ts';

/** Blobs to write, their bytes one after the other. */
export interface BlobBatch {
  /** Where half-written files are kept; on the disk of the others. */
  readonly writing: string;
  readonly durable: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each goes and how many of the bytes it has. */
  readonly files: readonly { readonly path: string; readonly length: number }[];
}

/** Null when all are there, or the first failure; those before it are there. */
export type BlobBatchAnswer = { readonly message: string; readonly code?: string } | null;

function write(batch: BlobBatch): void {
  let at = 0;
  const folders = new Set<string>();
  for (const { path, length } of batch.files) {
    const bytes = batch.bytes.subarray(at, at + length);
    at += length;
    if (existsSync(path)) continue;
    writeOne(path, bytes, batch);
    folders.add(dirname(path));
  }
  if (batch.durable) for (const folder of folders) syncFolder(folder);
}

/** Beside and renamed: the blob is there whole or not at all. */
function writeOne(path: string, bytes: Uint8Array, { writing, durable }: BlobBatch): void {
  const temporary = join(writing, randomUUID());
  const file = orMakeFolder(writing, () => openSync(temporary, 'wx', 0o600));
  try {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    orMakeFolder(dirname(path), () => renameSync(temporary, path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Runs `work`; when the folder is missing, makes it and runs `work` again. */
function orMakeFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return work();
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function failureOf(error: unknown): BlobBatchAnswer {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...('code' in error ? { code: String(error.code) } : {}) };
}

giveWay();
const port = parentPort;
port?.on('message', (batch: BlobBatch) => {
  let answer: BlobBatchAnswer = null;
  try {
    write(batch);
  } catch (error) {
    answer = failureOf(error);
  }
  port.postMessage(answer);
});
