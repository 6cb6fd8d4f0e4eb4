import { setTimeout as wait } from 'node:timers/promises';
import { OperationAborted, PlumblineError } from '../../base/index.ts';
import { EmbedderFailed } from '../errors.ts';

/** How long to wait before trying again. */
export interface RetryTimes {
  /** Before the first retry; doubles each time. Milliseconds. */
  readonly firstMs: number;
  /** The longest wait, also when the server asks for more. Milliseconds. */
  readonly longestMs: number;
}

/** One request and how patient to be with it. */
export interface Post {
  /** The embedder's id, for errors. */
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Aborted with the error to throw when the embedder is closed. */
  readonly closing: AbortSignal;
  readonly signal?: AbortSignal;
  readonly retry?: RetryTimes;
}

const RETRIES = 3;
const DEFAULT_TIMES: RetryTimes = { firstMs: 500, longestMs: 30_000 };
/** More than 96 vectors of 4,096 numbers need. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'again'; readonly problem: string; readonly afterMs: number | null };

/**
 * Posts JSON and reads JSON. Tries three times more after 429, 5xx, a lost connection or a timeout, waiting what
 * `Retry-After` says or doubling times with jitter.
 * @throws EmbedderFailed, OperationAborted, or the reason `closing` was aborted with
 */
export async function postWithRetry(post: Post): Promise<unknown> {
  const { firstMs, longestMs } = post.retry ?? DEFAULT_TIMES;
  for (let attempt = 0; ; attempt++) {
    const outcome = await tryOnce(post);
    if (outcome.kind === 'answer') return outcome.body;
    if (attempt === RETRIES)
      throw new EmbedderFailed(post.name, `${outcome.problem} It was asked ${RETRIES + 1} times.`);
    const backoffMs = firstMs * 2 ** attempt * (0.5 + Math.random() / 2);
    const signal = stopSignal(post);
    await wait(Math.min(longestMs, outcome.afterMs ?? backoffMs), undefined, { signal }).catch(() => stopped(post));
  }
}

async function tryOnce(post: Post): Promise<Outcome> {
  const timeout = AbortSignal.timeout(post.timeoutMs);
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...post.headers },
      body: post.body,
      redirect: 'error',
      signal: AbortSignal.any([timeout, stopSignal(post)]),
    });
    return await judge(post, response);
  } catch (error) {
    if (stopSignal(post).aborted) stopped(post);
    if (error instanceof PlumblineError) throw error;
    const problem = timeout.aborted
      ? `the server did not answer within ${post.timeoutMs} ms.`
      : `the server cannot be reached or broke off (${reasonOf(error)}).`;
    return { kind: 'again', problem, afterMs: null };
  }
}

async function judge(post: Post, response: Response): Promise<Outcome> {
  if (response.ok) return { kind: 'answer', body: await readJson(post, response) };
  await response.body?.cancel();
  const problem = `the server answered ${response.status}.`;
  if (response.status !== 408 && response.status !== 429 && response.status < 500) {
    throw new EmbedderFailed(post.name, `${problem} ${adviceFor(response.status)}`, {
      details: { status: response.status },
    });
  }
  return { kind: 'again', problem, afterMs: retryAfterMs(response.headers.get('retry-after')) };
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return 'Check PLUMB_EMBEDDER_KEY.';
  if (status === 404) return 'Check PLUMB_EMBEDDER_URL and PLUMB_EMBEDDER_MODEL.';
  return 'It does not accept these texts for this model.';
}

async function readJson(post: Post, response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > LARGEST_ANSWER_BYTES) throw new EmbedderFailed(post.name, 'the server answered more than 64 MB.');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new EmbedderFailed(post.name, 'the server answered something that is not JSON.');
  }
}

/** Seconds or a date, RFC 9110 §10.2.3; null when absent or unreadable. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function stopSignal(post: Post): AbortSignal {
  return post.signal === undefined ? post.closing : AbortSignal.any([post.closing, post.signal]);
}

function stopped(post: Post): never {
  if (post.closing.aborted) throw post.closing.reason;
  throw new OperationAborted('Embedding', post.signal?.reason);
}

/** The system's word for a failed connection (`ECONNREFUSED`); never the request, which holds the key. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'connection lost';
}
