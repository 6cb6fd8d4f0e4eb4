import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordingInvalid, RecordingMissing } from './errors.ts';
import { type Exchange, exchangeSchema, fileOf, scrubbedRequest } from './exchange.ts';
import { Occurrences } from './occurrences.ts';
import { type Fetch, readAsked } from './read-asked.ts';

/**
 * `fetch` that answers from what `recordFetch` wrote and reaches no network: the first of equal requests with the first reply, the second with
 * the second, and when there are no more with the last.
 * Rejects with RecordingMissing for a request nobody recorded, and with RecordingInvalid.
 * @param folder absolute path
 */
export function replayFetch(folder: string, secrets: readonly string[]): Fetch {
  const occurrences = new Occurrences();
  return async (input, init) => {
    init?.signal?.throwIfAborted();
    const request = scrubbedRequest(readAsked(input, init), secrets);
    const first = fileOf(request, 0);
    const { response } = await lastUpTo(occurrences.next(first), folder, request);
    const chunks = response.chunks.map((chunk) => Buffer.from(chunk, response.encoding));
    return new Response(bodyOf(response, chunks), { status: response.status, headers: response.headers });
  };
}

async function lastUpTo(n: number, folder: string, request: Exchange['request']): Promise<Exchange> {
  for (let number = n; number >= 0; number--) {
    const found = await read(join(folder, fileOf(request, number)));
    if (found !== null) return found;
  }
  throw new RecordingMissing(fileOf(request, 0), { folder, url: request.url });
}

async function read(path: string): Promise<Exchange | null> {
  try {
    return exchangeSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new RecordingInvalid(path, error);
  }
}

function bodyOf({ status }: Exchange['response'], chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> | null {
  if (status === 204 || status === 304) return null;
  return ReadableStream.from<Uint8Array>(chunks);
}
