import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asServed } from '../process/as-served.ts';
import { Contender } from '../process/contender.ts';
import { quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import type { ProviderHandlers } from './provider.contender.ts';
import type { ServedHandlers } from './served.contender.ts';
import { post, type Served } from './timed-answer.ts';

/** What the model says, a word at a time as models do. */
const PIECES = 'A full-time employee has 27 days of paid annual leave in each calendar year. [1]'.split(/(?<= )/);

/**
 * How long the first words of a model take through the product: from the moment its provider begins to write them, in a process of its own,
 * to the moment they are with the client, checked for citations and stored on the way. One question after the other.
 */
export async function firstToken(questions: number, next: () => string): Promise<Metrics> {
  progress(`${questions} questions to a model, one after the other`);
  const home = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const provider = new Contender<ProviderHandlers>(new URL('./provider.contender.ts', import.meta.url));
  const product = new Contender<ServedHandlers>(new URL('./served.contender.ts', import.meta.url), asServed);
  const agent = new Agent({ keepAlive: true });
  try {
    const url = await provider.call('start', { pieces: PIECES });
    await writeFile(join(home, 'models.json'), JSON.stringify(registry(url)));
    const served: Served = { ...(await product.call('start', { home })), agent };
    const delays: number[] = [];
    const requests: number[] = [];
    for (let i = -WARM_UP; i < questions; i++) {
      const { sentAt, shownAt, retrieveMs } = await firstWords(served, next());
      const { receivedAt, repliedAt } = await provider.call('times', undefined);
      if (i < 0) continue;
      delays.push(shownAt - repliedAt);
      requests.push(receivedAt - sentAt - retrieveMs);
    }
    await product.call('stop', undefined);
    await provider.call('stop', undefined);
    return {
      firstTokenDelayP50Ms: quantile(delays, 0.5),
      firstTokenDelayP99Ms: quantile(delays, 0.99),
      modelAskedP50Ms: quantile(requests, 0.5),
      modelAskedP99Ms: quantile(requests, 0.99),
    };
  } finally {
    agent.destroy();
    await Promise.all([product.stop(), provider.stop()]);
    await rm(home, { recursive: true, force: true });
  }
}

/** Questions before it counts. */
const WARM_UP = 10;

function registry(url: string): object {
  const model = { provider: 'here', model: 'test', private: true, level: 3, contextTokens: 32_000 };
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  return {
    providers: { here: { kind: 'openai-compatible', url } },
    models: { test: { ...model, maxOutputTokens: 2_000, price } },
  };
}

interface Heard {
  /** When it was asked and when the first words came, in milliseconds since 1970. */
  readonly sentAt: number;
  readonly shownAt: number;
  /** What finding passages took, as the answer says. */
  readonly retrieveMs: number;
}

/** Asks and reads the stream to its end. @throws when there are no words */
async function firstWords(served: Served, question: string): Promise<Heard> {
  const generation = { policy: { repair: false, unsupported: 'mark' } };
  const body = JSON.stringify({ question, stream: true, generation });
  const sentAt = now();
  const response = await post(served, body);
  let text = '';
  let shownAt: number | null = null;
  for await (const part of response.setEncoding('utf8')) {
    text += String(part);
    if (shownAt === null && text.includes('event: text.added')) shownAt = now();
  }
  const retrieveMs = /"retrieveMs":([\d.]+)/.exec(text)?.[1];
  if (shownAt === null || retrieveMs === undefined)
    throw new Error(`No words for ${JSON.stringify(question)}: ${text.slice(-500)}`);
  return { sentAt, shownAt, retrieveMs: Number(retrieveMs) };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
