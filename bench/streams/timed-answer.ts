import { type Agent, type IncomingMessage, request } from 'node:http';

/** Where to ask. */
export interface Served {
  readonly address: string;
  readonly token: string;
  readonly agent: Agent;
}

/** When an answer came, in milliseconds since the question was sent. */
export interface Timed {
  /** The first event's bytes; of an answer that is not streamed, the headers. */
  readonly firstMs: number;
  /** The last byte. */
  readonly lastMs: number;
  /** The longest time in which nothing came, between the first and the last event. */
  readonly gapMs: number;
}

/** Posts a question, as JSON, to `/v1/answers`. */
export function post({ address, token, agent }: Served, body: string): Promise<IncomingMessage> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${address}/v1/answers`, { method: 'POST', agent, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asks and notes when what comes. @throws when it is no answer */
export async function askTimed(
  served: Served,
  question: { readonly text: string; readonly stream: boolean },
): Promise<Timed> {
  const body = JSON.stringify({ question: question.text, stream: question.stream });
  const started = performance.now();
  const response = await post(served, body);
  const moments: number[] = [];
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    moments.push(performance.now() - started);
    text += String(part);
  }
  const complete = question.stream ? text.includes('event: answer.completed') : response.statusCode === 200;
  if (!complete) throw new Error(`No answer to ${JSON.stringify(question)}: ${text.slice(-500)}`);
  const gaps = moments.slice(1).map((moment, i) => moment - (moments[i] ?? moment));
  return { firstMs: moments[0] ?? Number.NaN, lastMs: performance.now() - started, gapMs: Math.max(0, ...gaps) };
}
