/**
 * An answer as it is made: the server's events, taken up again after the last one when the connection breaks. See
 * docs/streaming.md.
 */
import { call, Problem, problemFrom, unreached } from './api.js';

/**
 * @typedef {import('./api.js').Answer} Answer
 * @typedef {{type: string, data: any}} AnswerEvent
 * @typedef {{signal: AbortSignal, onEvent: (event: AnswerEvent) => void, onBroken: (broken: boolean) => void}} Listener
 */

/** How long to go on trying to come back: a server that restarts takes seconds. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 700;

/**
 * Asks, and tells of every event once.
 * @param {object} question body of `POST /v1/answers`
 * @param {Listener} listener
 * @returns {Promise<Answer>}
 */
export async function askStreaming(question, listener) {
  const place = { id: '', last: '' };
  let brokenAt = 0;
  for (;;) {
    try {
      const answer = await read(await open(question, place, listener.signal), place, listener);
      if (answer !== null) return answer;
      brokenAt ||= Date.now(); // The server ended the stream before the answer was there: it stops.
    } catch (error) {
      if (place.id === '' || !(error instanceof Problem) || !isPassing(error)) throw error;
      brokenAt ||= Date.now();
      if (Date.now() - brokenAt > PATIENCE_MS) throw error;
    }
    listener.onBroken(true);
    await pause(listener.signal);
  }
}

/** Stops the answer of a stream, wherever it is made. @param {string} id */
export function stopAnswer(id) {
  return call(`/v1/answers/${encodeURIComponent(id)}/stop`, { method: 'POST' });
}

/** @param {Problem} problem */
function isPassing({ code, status }) {
  return code === 'offline' || status === 503;
}

/**
 * @param {object} question
 * @param {{id: string, last: string}} place
 * @param {AbortSignal} signal
 */
async function open(question, { id, last }, signal) {
  const resume = { headers: { accept: 'text/event-stream', 'last-event-id': last }, signal };
  const ask = {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, stream: true }),
    signal,
  };
  const begun = id !== '';
  const path = begun ? `/v1/answers/${encodeURIComponent(id)}/events` : '/v1/answers';
  const response = await fetch(path, begun ? resume : ask).catch((error) => {
    throw unreached(error, signal);
  });
  if (!response.ok) throw problemFrom(response.status, await response.text().catch(() => ''));
  return response;
}

/**
 * Reads events to the last one. @returns {Promise<Answer | null>} null: the stream ended before
 * @param {Response} response
 * @param {{id: string, last: string}} place
 * @param {Listener} listener
 */
async function read(response, place, { signal, onEvent, onBroken }) {
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw unreached(error, signal);
    });
    if (done) return null;
    const whole = (text + value).split('\n\n');
    text = whole.pop() ?? '';
    for (const block of whole) {
      const event = eventOf(block);
      if (event === null) continue;
      onBroken(false);
      place.last = event.id;
      place.id = event.id.split(':')[0] ?? '';
      onEvent({ type: event.type, data: { ...event.data, id: place.id } });
      if (event.type === 'answer.completed') return event.data.answer;
      if (event.type === 'answer.failed') throw new Problem({ code: event.data.code, title: event.data.detail });
    }
  }
}

/** @param {string} block @returns {{id: string, type: string, data: any} | null} null: a comment */
function eventOf(block) {
  const [, id = '', type = '', data = ''] = /^id: (.+)\nevent: (.+)\ndata: (.+)$/.exec(block) ?? [];
  return data === '' ? null : { id, type, data: JSON.parse(data) };
}

/** @param {AbortSignal} signal */
function pause(signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
    signal.addEventListener('abort', resolve, { once: true });
  });
}
