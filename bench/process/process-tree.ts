import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const tickMs = 10;

/**
 * Resident memory of a process and all its descendants, in MB (10⁶ bytes): pages shared between processes count in each.
 * Read from /proc: NaN where there is none (anything but Linux), 0 when the process has ended.
 */
export function treeRssMb(root: number): number {
  const tree = processTree(root);
  if (tree === null) return Number.NaN;
  return tree.reduce((sum, pid) => sum + residentMb(pid, 'VmRSS'), 0);
}

/** Processor time a process and its living descendants have used so far, in ms; NaN where there is no /proc. */
export function treeCpuMs(root: number): number {
  const tree = processTree(root);
  if (tree === null) return Number.NaN;
  return tree.reduce((sum, pid) => {
    const [user = 0, system = 0] = statFields(pid).slice(11, 13).map(Number);
    return sum + (user + system) * tickMs;
  }, 0);
}

/** The kernel's exact high-water mark of one process's resident memory, in MB. */
export function peakRssMb(pid: number): number {
  return residentMb(pid, 'VmHWM');
}

/** Ids of a process and all below it; null where there is no /proc. */
function processTree(root: number): number[] | null {
  const children = new Map<number, number[]>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const parent = Number(statFields(Number(name))[1] ?? 0);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
  } catch {
    return null;
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** The fields of /proc/PID/stat after the program's name: state, parent, …; none when the process has ended. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function residentMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return (Number(line?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
