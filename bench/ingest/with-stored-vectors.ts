import { join } from 'node:path';
import { writeTextFiles } from '../corpus/text-files.ts';
import { median } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type IngestRun, peers, settingFor, startPeer, startProduct } from './contenders.ts';

const repeats = 3;

/** Everything but embedding: all files at once, each time in a fresh process and an empty home; medians. */
export async function measureWithStoredVectors(run: IngestRun): Promise<Metrics> {
  progress(`writing ${run.files} files`);
  const { folder, bytes } = await writeTextFiles(run.passages, {
    folder: join(run.folder, 'files'),
    files: run.files,
    seed: 1,
  });
  const measured = new Map<string, number[]>();
  const note = (metrics: Metrics): void => {
    for (const [key, value] of Object.entries(metrics)) measured.set(key, [...(measured.get(key) ?? []), value]);
  };
  for (let repeat = 1; repeat <= repeats; repeat++) {
    progress(`ingesting with stored vectors, ${repeat} of ${repeats}`);
    note(await ingestWithProduct(run, { folder, bytes, repeat }));
    for (const name of peers) note(await ingestWithPeer(name, run, { folder, bytes, repeat }));
  }
  const metrics = Object.fromEntries([...measured].map(([key, values]) => [key, median(values)]));
  // The worst pause of all runs, not the typical worst.
  return { files: run.files, ...metrics, eventLoopMaxMs: Math.max(...(measured.get('eventLoopMaxMs') ?? [])) };
}

interface Files {
  readonly folder: string;
  readonly bytes: number;
  readonly repeat: number;
}

async function ingestWithProduct(run: IngestRun, { folder, bytes, repeat }: Files): Promise<Metrics> {
  const product = await startProduct(settingFor(run, 'stored', `stored-${repeat}`));
  try {
    const { chunks, ms } = await product.call('ingest', { folder });
    const { p999Ms, maxMs } = await product.call('loopDelay', null);
    return {
      chunks,
      chunksPerSecond: (chunks * 1000) / ms,
      mbPerSecond: bytes / 1000 / ms,
      peakRssMb: product.peakRssMb(),
      eventLoopP999Ms: p999Ms,
      eventLoopMaxMs: maxMs,
    };
  } finally {
    await product.stop();
  }
}

async function ingestWithPeer(
  name: (typeof peers)[number],
  run: IngestRun,
  { folder, bytes, repeat }: Files,
): Promise<Metrics> {
  const peer = await startPeer(name, settingFor(run, 'stored', `${name}-${repeat}`));
  try {
    const { chunks, ms } = await peer.call('ingest', { folder });
    return {
      [`${name}ChunksPerSecond`]: (chunks * 1000) / ms,
      [`${name}MbPerSecond`]: bytes / 1000 / ms,
      [`${name}PeakRssMb`]: peer.peakRssMb(),
    };
  } finally {
    await peer.stop();
  }
}
