import { readdirSync, readFileSync } from 'node:fs';

/**
 * Resident memory of a process and all its descendants, in MB (10⁶ bytes): pages shared between processes count in each.
 * Read from /proc: NaN where there is none (anything but Linux), 0 when the process has ended.
 */
export function treeRssMb(root: number): number {
  const processes = listProcesses();
  if (processes === null) return Number.NaN;
  let total = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    total += residentKb(pid, 'VmRSS') * 1024;
    for (const [child, parent] of processes) if (parent === pid) open.push(child);
  }
  return total / 1e6;
}

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

  /** The highest seen; at least the root process's own high-water mark, which the kernel keeps exactly. */
  megabytes(): number {
    this.#sample();
    return Math.max(this.#peak, (residentKb(this.#pid, 'VmHWM') * 1024) / 1e6);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    this.#peak = Math.max(this.#peak, treeRssMb(this.#pid));
  }
}

/** [process, parent] of every process; null where there is no /proc. */
function listProcesses(): [number, number][] | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => [Number(pid), parentOf(pid)]);
  } catch {
    return null;
  }
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function residentKb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0);
  } catch {
    return 0;
  }
}
