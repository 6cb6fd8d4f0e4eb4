/**
 * Talking to the server this page came from. Every call has a time limit and fails with a {@link Problem}, whose text
 * may be shown.
 */

/**
 * @typedef {{id: string, name: string, documents: number, chunks: number, exampleQuestions?: string[]}} Collection
 * @typedef {{documentId: string, version: number, versionId: string, title: string, page: number | null,
 *   headingPath: string[], start: number, end: number, quote: string, effectiveFrom?: string}} Citation
 * @typedef {{verdict: 'quoted' | 'supported' | 'partly' | 'contradicted' | 'unverified' | 'not-a-claim', score: number,
 *   reason: string | null}} Verdict
 * @typedef {{text: string, citations: number[]} & Verdict} Sentence
 * @typedef {{sides: {citation: number, says: string, effectiveFrom: string, authority: number}[], reason: string}} Conflict
 * @typedef {{from: string, to: string, items: {before: number | null, after: number | null}[], more: number}} Changes
 * @typedef {{lookedFor: string[], notFound: string[], wouldAnswer: string}} Missing
 * @typedef {{id: string, question: string, readAs?: string, kind: 'extractive' | 'generated' | 'abstained' | 'clarification', text: string,
 *   sentences: Sentence[], citations: Citation[], confidence: number, conflicts: Conflict[], reason: string | null,
 *   missing: Missing | null, nearest: Citation[], changes?: Changes, timings: Record<string, number>, candidates: unknown[],
 *   object?: {value: unknown, leaves: {pointer: string, sentence: number, start: number, end: number}[]},
 *   clarification?: {question: string, options: {label: string, question: string}[]},
 *   record: {prompt?: string | null, model?: string | null, replayOf?: string | null, unheard?: {code: string, message: string}},
 *   collection: string, asOf: string | null, createdAt: string}} Answer
 * @typedef {{id: string, kind: string, confidence: number, record: {prompt: string | null, model: string | null},
 *   sentences: {text: string, verdict: Verdict['verdict']}[]}} ComparedSide
 * @typedef {{before: ComparedSide, after: ComparedSide, claims: {before: number | null, after: number | null,
 *   what: 'same' | 'verdict' | 'reworded' | 'added' | 'removed'}[]}} Comparison
 * @typedef {{id: string, title: string, externalId: string, mediaType: string, collection: string,
 *   pages: number | null, characters: number, chunks: number, indexed: 'text' | 'vector' | 'stored',
 *   effectiveFrom: string | null, effectiveTo: string | null, updatedAt: string}} DocumentItem
 * @typedef {{documentId: string, version: number, title: string, text: string, pageCount: number | null}} DocumentText
 * @typedef {{id: string, externalId: string, code: string, reason: string, bytes: number | null, attempts: number,
 *   updatedAt: string}} QuarantineItem
 * @typedef {{id: string, version: number, title: string, chunks: number, unchanged: boolean}} Stored
 */

const TIME_LIMIT_MS = 30_000;

/** The server refused (RFC 9457), could not be reached (`offline`), or the call was stopped (`stopped`). */
export class Problem extends Error {
  /** @param {{code: string, title: string, detail?: string, requestId?: string, status?: number}} parts */
  constructor({ code, title, detail = '', requestId = '', status = 0 }) {
    super(detail || title);
    this.code = code;
    this.title = title;
    this.requestId = requestId;
    this.status = status;
  }
}

/** Called with true when the server stops answering and with false when it answers again. */
let onReach = (/** @type {boolean} */ _offline) => {};

/** @param {(offline: boolean) => void} listener */
export function watchReach(listener) {
  onReach = listener;
}

/**
 * @template T
 * @param {string} path
 * @param {{method?: string, body?: unknown, signal?: AbortSignal, keepalive?: boolean}} [options]
 * @returns {Promise<T>}
 */
export async function call(path, { method = 'GET', body, signal, keepalive = false } = {}) {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const response = await fetch(path, {
    method,
    keepalive,
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error) => {
    throw unreached(error, signal);
  });
  onReach(false);
  if (!response.ok) throw problemFrom(response.status, await response.text().catch(() => ''));
  return response.status === 204 ? /** @type {T} */ (undefined) : response.json();
}

/** @param {unknown} error @param {AbortSignal | undefined} signal @returns {Problem} */
export function unreached(error, signal) {
  if (signal?.aborted) return new Problem({ code: 'stopped', title: 'Stopped.' });
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Problem({ code: 'timed-out', title: `No answer within ${TIME_LIMIT_MS / 1000} seconds. Try again.` });
  }
  onReach(true);
  return new Problem({ code: 'offline', title: 'Plumbline does not answer. Is it still running?' });
}

/** @param {number} status @param {string} text @returns {Problem} */
export function problemFrom(status, text) {
  try {
    const { code = 'unknown', title = `HTTP ${status}`, detail, requestId } = JSON.parse(text);
    return new Problem({ code, title, detail, requestId, status });
  } catch {
    return new Problem({ code: 'unknown', title: `The server answered with status ${status}.`, status });
  }
}

/**
 * Sends a file, telling how much is through.
 * @param {File} file
 * @param {{collection: string, name: string, progress: (share: number) => void, signal: AbortSignal}} options
 * @returns {Promise<Stored>}
 */
export function upload(file, { collection, name, progress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name, ...(collection === '' ? {} : { collection }) });
    request.open('POST', `/v1/documents?${query}`);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(problemFrom(request.status, request.responseText));
    };
    request.onerror = () =>
      reject(new Problem({ code: 'offline', title: 'The connection broke before the file was through.' }));
    request.onabort = () => reject(new Problem({ code: 'stopped', title: 'Stopped.' }));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append('file', file, name);
    request.send(form);
  });
}

const EVENTS = [
  'ingest.progressed',
  'ingest.completed',
  'document.stored',
  'document.indexed',
  'document.quarantined',
  'document.deleted',
];

/**
 * Listens to what happens on the server; reconnects by itself.
 * @param {(type: string, data: Record<string, unknown>) => void} listener
 */
export function listen(listener) {
  const source = new EventSource('/v1/events');
  for (const type of EVENTS) {
    source.addEventListener(type, (event) => {
      try {
        const stored = JSON.parse(event.data);
        listener(type, stored.data ?? stored);
      } catch {
        listener(type, {});
      }
    });
  }
}
