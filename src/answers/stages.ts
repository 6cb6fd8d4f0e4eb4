import type { Making } from './stream/answer-streams.ts';

/** Clocks stages and says when one is done. */
export class Stages {
  readonly #making: Making;
  readonly #started = performance.now();
  #last = this.#started;
  #timings: Record<string, number> = {};

  constructor(making: Making) {
    this.#making = making;
  }

  /** Ends a stage. @param parts milliseconds of what it consists of */
  done(stage: string, parts: Readonly<Record<string, number>> = {}): void {
    const now = performance.now();
    const ms = now - this.#last;
    this.#timings = { ...this.#timings, ...parts, [`${stage}Ms`]: ms };
    this.#last = now;
    this.#making.emit({ type: 'stage.completed', data: { stage, ms: hundredths(ms) } });
  }

  /** Milliseconds by stage, and of all. */
  timings(): Record<string, number> {
    const all = { ...this.#timings, totalMs: performance.now() - this.#started };
    return Object.fromEntries(Object.entries(all).map(([stage, ms]) => [stage, hundredths(ms)]));
  }
}

function hundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}
