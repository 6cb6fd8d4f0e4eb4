import { Contender } from '../process/contender.ts';
import { quantile } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type Arm, directArms, openDoorArms } from './arms.ts';
import { startPortkey } from './portkey.ts';
import type { ProviderHandlers } from './provider.contender.ts';

/** How the arms are timed. */
export interface OverheadOptions {
  /** Requests begun per second, in every slice. */
  readonly rate: number;
  /** Slices per arm. */
  readonly rounds: number;
}

/** Arms take turns in slices this long, so that what disturbs the machine disturbs all of them. */
const SLICE_MS = 250;
const WARM_CALLS = 300;

/** What the door adds to the same call made directly, and what Portkey's gateway adds; the provider is a process of its own. */
export async function measureOverhead(options: OverheadOptions): Promise<Metrics> {
  const contender = new Contender<ProviderHandlers>(new URL('./provider.contender.ts', import.meta.url));
  try {
    const url = await contender.call('start', undefined);
    const door = await openDoorArms(url);
    const portkey = await startPortkey(url);
    try {
      const [direct, directStream] = directArms(url);
      const [viaPortkey] = directArms(portkey.url, portkey.headers);
      const [viaDoor, doorStream] = door.calls;
      return await time(options, [
        { name: 'direct', call: direct },
        { name: 'door', call: viaDoor },
        { name: 'portkey', call: viaPortkey },
        { name: 'directStream', call: directStream },
        { name: 'doorStream', call: doorStream },
      ]);
    } finally {
      await portkey.stop();
      await door.close();
    }
  } finally {
    await contender.stop();
  }
}

async function time({ rate, rounds }: OverheadOptions, arms: readonly Arm[]): Promise<Metrics> {
  const times = new Map<Arm['name'], number[]>(arms.map(({ name }) => [name, []]));
  const cpu = new Map<Arm['name'], number[]>(arms.map(({ name }) => [name, []]));
  for (const { name, call } of arms) {
    progress(`warming ${name}`);
    for (let done = 0; done < WARM_CALLS; done += 10) await Promise.all(Array.from({ length: 10 }, call));
  }
  let begun = 0;
  let failed = 0;
  let spentMs = 0;
  for (let round = 0; round < rounds; round++) {
    if (round % 10 === 0) progress(`round ${round + 1} of ${rounds}`);
    // Each round begins with another arm, so that none always follows the same one.
    for (let turn = 0; turn < arms.length; turn++) {
      const { name, call } = arms[(round + turn) % arms.length] as Arm;
      const from = performance.now();
      const cpuFrom = process.threadCpuUsage();
      const slice = await runSlice(call, rate);
      const { user, system } = process.threadCpuUsage(cpuFrom);
      cpu.get(name)?.push((user + system) / 1000 / slice.length);
      spentMs += performance.now() - from;
      begun += slice.length;
      const answered = slice.filter(Number.isFinite);
      failed += slice.length - answered.length;
      times.get(name)?.push(...answered);
    }
  }
  return {
    ...figures((name) => times.get(name) ?? []),
    ...cpuFigures((name) => quantile(cpu.get(name) ?? [], 0.5)),
    failedCalls: failed,
    ratePerSecond: (begun * 1000) / spentMs,
  };
}

/** Begins calls at an even rate, whether or not earlier ones have ended, and waits for all. */
async function runSlice(call: Arm['call'], rate: number): Promise<number[]> {
  const calls: Promise<number>[] = [];
  const from = performance.now();
  const total = (rate * SLICE_MS) / 1000;
  while (calls.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - from) * rate) / 1000));
    while (calls.length < due) calls.push(call().catch(() => Number.NaN)); // a server may close an idle connection that is being used again
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(calls);
}

/** Processor time of the calling thread, which other programs on the machine disturb far less than latencies. */
function cpuFigures(medianOf: (name: Arm['name']) => number): Metrics {
  return {
    overheadCpuMs: medianOf('door') - medianOf('direct'),
    streamOverheadCpuMs: medianOf('doorStream') - medianOf('directStream'),
    directCpuMs: medianOf('direct'),
    directStreamCpuMs: medianOf('directStream'),
  };
}

function figures(timesOf: (name: Arm['name']) => readonly number[]): Metrics {
  const at = (name: Arm['name'], share: number): number => quantile(timesOf(name), share);
  return {
    overheadP50Ms: at('door', 0.5) - at('direct', 0.5),
    overheadP99Ms: at('door', 0.99) - at('direct', 0.99),
    firstTokenMs: at('doorStream', 0.5) - at('directStream', 0.5),
    portkeyP50Ms: at('portkey', 0.5) - at('direct', 0.5),
    portkeyP99Ms: at('portkey', 0.99) - at('direct', 0.99),
    overheadP10Ms: at('door', 0.1) - at('direct', 0.1),
    firstTokenP10Ms: at('doorStream', 0.1) - at('directStream', 0.1),
    directP50Ms: at('direct', 0.5),
    directP99Ms: at('direct', 0.99),
    directFirstTokenP50Ms: at('directStream', 0.5),
    callsPerArm: timesOf('direct').length,
  };
}
