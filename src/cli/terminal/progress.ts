import type { z } from 'zod';
import type { ApiClient } from '../client/api-client.ts';
import type { runSchema } from '../../server/index.ts';
import type { Terminal } from './terminal.ts';

/** A pass over a source as the API shows it. */
export type RunOnWire = z.infer<typeof runSchema>;

const POLL_MS = 250;
const BAR = 24;

/** Shows a pass until it has ended and everything it stored is indexed. @returns the pass at its end */
export async function watchRun(client: ApiClient, terminal: Terminal, first: RunOnWire): Promise<RunOnWire> {
  let run = first;
  const rate = new Rate();
  while (!settled(run)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    run = await client.get<RunOnWire>(`/v1/ingest/${first.id}`);
    terminal.status(progressLine(run, rate));
  }
  terminal.status(null);
  return run;
}

function settled(run: RunOnWire): boolean {
  if (run.state === 'running') return false;
  return run.state === 'failed' || run.state === 'cancelled' || run.index.vectors >= run.index.chunks;
}

/** `reading  ███████░░░░  412/1,000 files · 180 chunks/s · about 12 s left` */
function progressLine(run: RunOnWire, rate: Rate): string {
  const reading = run.state === 'running';
  const { counts, index } = run;
  const handled = counts.added + counts.changed + counts.unchanged + counts.quarantined;
  const [done, total] = reading ? [handled, run.total ?? counts.listed] : [index.vectors, index.chunks];
  const perSecond = rate.of(reading ? handled : index.vectors);
  const left = perSecond > 0 && run.total !== null ? ` · about ${duration((total - done) / perSecond)} left` : '';
  const what = reading ? 'files' : 'chunks';
  const label = reading ? 'reading  ' : 'embedding';
  const numbers = `${count(done)}/${count(total)} ${what} · ${count(Math.round(perSecond))} ${what}/s`;
  return `${label} ${bar(total === 0 ? 0 : done / total)} ${numbers}${left}`;
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Speed of a growing number over the last few seconds. */
class Rate {
  readonly #seen: { readonly at: number; readonly value: number }[] = [];
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Per second; 0 until it can be told. A number that falls back (another stage) begins anew. */
  of(value: number): number {
    const at = this.#now();
    if (value < (this.#seen.at(-1)?.value ?? 0)) this.#seen.length = 0;
    this.#seen.push({ at, value });
    while (this.#seen.length > 2 && at - (this.#seen[0]?.at ?? at) > 5000) this.#seen.shift();
    const [oldest] = this.#seen;
    const elapsed = at - (oldest?.at ?? at);
    return elapsed > 0 ? ((value - (oldest?.value ?? value)) * 1000) / elapsed : 0;
  }
}
