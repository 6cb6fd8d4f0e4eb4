import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exchange, fileOf, scrubbedRequest, withoutSecrets } from './exchange.ts';
import { Occurrences } from './occurrences.ts';
import { type Fetch, readAsked } from './read-asked.ts';

/** Headers of a reply that say how to read it or when to ask again. */
const KEPT_HEADERS = ['content-type', 'retry-after'];

/**
 * `fetch` that also writes every whole reply into a folder, without keys: request headers are left out, secrets in
 * addresses and bodies replaced. A reply whose reader left is not written, nor one of bytes that
 * repeats a secret.
 * @param folder absolute path; made when missing, for this user only, because prompts are in it
 * @param secrets values that must not be written
 */
export function recordFetch(fetch: Fetch, folder: string, secrets: readonly string[]): Fetch {
  const occurrences = new Occurrences();
  return async (input, init) => {
    const request = scrubbedRequest(readAsked(input, init), secrets);
    const file = fileOf(request, occurrences.next(fileOf(request, 0)));
    const response = await fetch(input, init);
    const headers = Object.fromEntries(KEPT_HEADERS.flatMap((name) => headerOf(response, name)));
    const chunks: Uint8Array[] = [];
    const watching = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        chunks.push(chunk);
        controller.enqueue(chunk);
      },
      flush: async () => {
        const body = encoded(chunks, secrets);
        const reply = { status: response.status, headers };
        if (body !== null) await write(join(folder, file), { request, response: { ...reply, ...body } });
      },
    });
    const body = (response.body ?? new Blob([]).stream()).pipeThrough(watching);
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}

function headerOf(response: Response, name: string): [string, string][] {
  const value = response.headers.get(name);
  return value === null ? [] : [[name, value]];
}

/**
 * As text where every chunk is text. A secret may lie across two chunks: then they become one. Null: a secret is in a body of
 * bytes, whose checksums say what must be where.
 */
function encoded(
  chunks: readonly Uint8Array[],
  secrets: readonly string[],
): Pick<Exchange['response'], 'encoding' | 'chunks'> | null {
  const texts = chunks.map(textOf);
  if (texts.includes(null)) {
    const bytes = Buffer.concat(chunks).toString('latin1');
    if (withoutSecrets(bytes, secrets) !== bytes) return null;
    return { encoding: 'base64', chunks: chunks.map((chunk) => Buffer.from(chunk).toString('base64')) };
  }
  const whole = texts.join('');
  const scrubbed = withoutSecrets(whole, secrets);
  return { encoding: 'utf8', chunks: scrubbed === whole ? texts.map((text) => text ?? '') : [scrubbed] };
}

function textOf(chunk: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(chunk);
  } catch {
    return null;
  }
}

/** Whole or not at all. */
async function write(path: string, exchange: Exchange): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.part`, `${JSON.stringify(exchange, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.part`, path);
}
