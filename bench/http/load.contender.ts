/** Asks a server over HTTP, from a process of its own, so that the load costs the server nothing but its share of the machine. */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { serveRequests } from '../process/handlers.ts';
import type { Served } from './http.contender.ts';

interface Load {
  readonly served: Served;
  readonly questions: readonly string[];
  /** Whether what was found before may be used. */
  readonly cache: boolean;
}

const TIMEOUT_MS = 30_000;

interface Asking extends Omit<Load, 'questions'> {
  readonly agent: Agent;
}

function search({ served, cache, agent }: Asking, query: string): Promise<Record<string, number>> {
  const { address, collection } = served;
  const body = JSON.stringify({ query, collection, limit: 10, cache });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), origin: address };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}/v1/search`,
      { method: 'POST', agent, headers, timeout: TIMEOUT_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve((JSON.parse(text) as { timings: Record<string, number> }).timings);
          else reject(new Error(`${response.statusCode}: ${text.slice(0, 200)}`));
        });
      },
    );
    sent.on('error', reject).on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.end(body);
  });
}

/** With connections of its own: those of an earlier load may be closed by the server at the moment they are used again. */
async function withConnections<T>(work: (agent: Agent) => Promise<T>): Promise<T> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  try {
    return await work(agent);
  } finally {
    agent.destroy();
  }
}

const handlers = {
  /** As fast as they are answered, so many at a time. @returns answers per second */
  closed: ({ questions, inFlight, ...load }: Load & { inFlight: number }): Promise<number> =>
    withConnections(async (agent) => {
      const waiting = questions.values();
      const started = performance.now();
      const work = async (): Promise<void> => {
        for (const question of waiting) await search({ ...load, agent }, question);
      };
      await Promise.all(Array.from({ length: inFlight }, work));
      return (questions.length * 1_000) / (performance.now() - started);
    }),
  /** So many a second, whether earlier ones are answered or not. @returns milliseconds from when each was due, and stages */
  open: ({ questions, perSecond, ...load }: Load & { perSecond: number }) =>
    withConnections(async (agent) => {
      const started = performance.now();
      const asked = questions.map(async (question, n) => {
        const due = started + (n * 1_000) / perSecond;
        await pause(Math.max(0, due - performance.now()));
        const timings = await search({ ...load, agent }, question);
        return { ms: performance.now() - due, timings };
      });
      return await Promise.all(asked);
    }),
};

/** What the asking process can be asked. */
export type LoadHandlers = typeof handlers;

serveRequests(handlers);
