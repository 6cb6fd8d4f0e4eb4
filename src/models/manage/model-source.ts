import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { OperationAborted, OperationTimedOut } from '../../base/index.ts';
import { ModelPullFailed } from '../errors.ts';

/** Where a model's files come from. */
export interface ModelSource {
  /** Address or absolute path, for people. */
  readonly address: string;
  /** Opens one file; null when it is not there. */
  open(file: string, signal: AbortSignal): Promise<Readable | null>;
}

const REDIRECTS = 5;
/** A server that sends nothing for this long is given up. */
const SILENCE_MS = 30_000;

/** A folder on this machine. */
export function folderSource(path: string): ModelSource {
  const folder = resolve(path);
  return {
    address: folder,
    open: async (file) => {
      const found = await stat(join(folder, file)).catch(() => null);
      return found?.isFile() === true ? createReadStream(join(folder, file)) : null;
    },
  };
}

/**
 * A hub (`https://huggingface.co/ORG/NAME`: files under `resolve/main/`) or a mirror (files right below the address);
 * which of the two is found out by asking for tokenizer.json.
 * @param address https, or http on this machine
 * @throws ModelPullFailed when the address may not be used or has no tokenizer.json
 */
export async function webSource(address: string, signal: AbortSignal): Promise<ModelSource> {
  const base = address.replace(/\/+$/, '');
  checkAddress(address, new URL(base), null);
  for (const root of [`${base}/resolve/main`, base]) {
    const found = await openUrl(address, `${root}/tokenizer.json`, signal);
    if (found === null) continue;
    found.destroy();
    return { address, open: (file, fileSignal) => openUrl(address, `${root}/${file}`, fileSignal) };
  }
  throw new ModelPullFailed(address, 'there is no tokenizer.json, neither below it nor below its resolve/main/.');
}

async function openUrl(address: string, start: string, signal: AbortSignal): Promise<Readable | null> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const quiet = AbortSignal.any([signal, silence.signal]);
  try {
    const response = await follow(address, start, quiet);
    if (response === null) {
      clearTimeout(timer);
      return null;
    }
    return Readable.from(bytesOf(response, timer, () => failure(address, { asked: signal, silence: silence.signal })));
  } catch (error) {
    clearTimeout(timer);
    if (error instanceof ModelPullFailed) throw error;
    throw failure(address, { asked: signal, silence: silence.signal }, error);
  }
}

async function follow(address: string, start: string, signal: AbortSignal): Promise<Response | null> {
  let url = new URL(start);
  for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
    const response = await fetch(url, { redirect: 'manual', signal });
    if (response.ok && response.body !== null) return response;
    await response.body?.cancel();
    if (response.status === 404) return null;
    const location = response.headers.get('location');
    if (location === null) throw new ModelPullFailed(address, `${url.pathname} was answered with ${response.status}.`);
    const next = new URL(location, url);
    checkAddress(address, next, url);
    url = next;
  }
  throw new ModelPullFailed(address, `${new URL(start).pathname} was redirected more than ${REDIRECTS} times.`);
}

async function* bytesOf(response: Response, timer: NodeJS.Timeout, failed: () => Error): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of response.body ?? []) {
      timer.refresh();
      yield part;
    }
  } catch {
    throw failed();
  } finally {
    clearTimeout(timer);
  }
}

function failure(address: string, signals: { asked: AbortSignal; silence: AbortSignal }, cause?: unknown): Error {
  const { asked, silence } = signals;
  if (asked.aborted) return new OperationAborted('Fetching the model', asked.reason);
  if (silence.aborted) return new OperationTimedOut(`An answer from ${address}`, SILENCE_MS);
  const code = (cause as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return new ModelPullFailed(address, `the connection failed${typeof code === 'string' ? ` (${code})` : ''}.`, cause);
}

/** Only https, or plain http on this machine; and no server may send us from outside to this machine. */
function checkAddress(address: string, url: URL, from: URL | null): void {
  const local = isLoopback(url.hostname);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && local);
  if (!allowed) throw new ModelPullFailed(address, `${url.origin} is not https, nor http on this machine.`);
  if (from !== null && local && !isLoopback(from.hostname)) {
    throw new ModelPullFailed(address, `${from.origin} redirects to this machine.`);
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
