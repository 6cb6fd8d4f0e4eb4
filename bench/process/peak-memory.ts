import { peakRssMb, treeRssMb } from './process-tree.ts';

/** Watches a process tree's resident memory, every 250 ms. */
export class PeakMemory {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peak = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#sample(), 250);
    this.#timer.unref();
  }

  /** The highest seen, in MB; at least the root process's own high-water mark, which the kernel keeps exactly. */
  megabytes(): number {
    this.#sample();
    return Math.max(this.#peak, peakRssMb(this.#pid));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    this.#peak = Math.max(this.#peak, treeRssMb(this.#pid));
  }
}
