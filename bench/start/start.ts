import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { ServedProduct } from './served-product.ts';

/** How long after the last job the memory is read. */
const restMs = 30_000;

/**
 * From `npm start`, with everything installed, to the cited answer printed and `/readyz` 200: in a fresh home, and again
 * in the same home. The memory is that of the last first run's whole process tree, 30 s after its jobs were done.
 */
export async function measureStart(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({ args: [...args], options: { runs: { type: 'string', default: '5' } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number of at least 1.');
  const first: number[] = [];
  const second: number[] = [];
  let rssMb = Number.NaN;
  for (let run = 1; run <= runs; run++) {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
    try {
      const fresh = await timedStart(folder, run === runs ? memoryAtRest : undefined);
      const again = await timedStart(folder);
      first.push(fresh.ms);
      second.push(again.ms);
      rssMb = fresh.rssMb;
      progress(`run ${run} of ${runs}: first ${fresh.ms.toFixed(0)} ms, second ${again.ms.toFixed(0)} ms`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const [firstRunMaxMs, secondRunMaxMs] = [Math.max(...first), Math.max(...second)];
  return { runs, firstRunMs: median(first), secondRunMs: median(second), firstRunMaxMs, secondRunMaxMs, rssMb };
}

async function timedStart(
  folder: string,
  measure?: (product: ServedProduct) => Promise<number>,
): Promise<{ ms: number; rssMb: number }> {
  const product = await ServedProduct.start(join(folder, 'home'));
  try {
    const ms = await product.ready();
    return { ms, rssMb: (await measure?.(product)) ?? Number.NaN };
  } finally {
    await product.stop();
  }
}

async function memoryAtRest(product: ServedProduct): Promise<number> {
  progress('waiting for the jobs to end, then 30 s');
  await product.idle();
  await pause(restMs);
  return product.rssMb();
}
