import { join } from 'node:path';
import { defaultModel } from '../../src/models/index.ts';
import { writeTextFiles } from '../corpus/text-files.ts';
import { Contender } from '../process/contender.ts';
import { median } from '../report/quantiles.ts';
import { type Metrics, progress } from '../report/report.ts';
import type { BareHandlers } from './bare.contender.ts';
import { type IngestRun, peers, settingFor, startPeer, startProduct } from './contenders.ts';
import type { IngestHandlers, ProductHandlers } from './contract.ts';

const slices = 3;
const warmUpFiles = 60;

interface Contenders {
  readonly product: Contender<ProductHandlers>;
  readonly bare: Contender<BareHandlers>;
  readonly peers: ReadonlyMap<string, Contender<IngestHandlers>>;
}

/**
 * With the default embedder: slice by slice, the product, a bare pool of as many onnxruntime workers with the very texts
 * the product embedded, and the peers. All stay up between slices, warm and idle; rates are medians over the slices.
 */
export async function measureWithEmbedder(run: IngestRun): Promise<Metrics> {
  const contenders = await startAll(run);
  const measured = new Map<string, number[]>();
  try {
    await ingestSlice(run, contenders, { seed: 100, files: warmUpFiles });
    for (let slice = 1; slice <= slices; slice++) {
      progress(`ingesting with the default embedder, slice ${slice} of ${slices}`);
      const metrics = await ingestSlice(run, contenders, {
        seed: 100 + slice,
        files: Math.ceil(run.files / slices),
      });
      for (const [key, value] of Object.entries(metrics)) measured.set(key, [...(measured.get(key) ?? []), value]);
    }
    const typical = Object.fromEntries([...measured].map(([key, values]) => [key, median(values)]));
    const worst = { eventLoopMaxMsEmbedding: Math.max(...(measured.get('eventLoopMaxMsEmbedding') ?? [])) };
    return { filesEmbedding: run.files, embedderWorkers: run.workers, ...typical, ...worst, ...footprint(contenders) };
  } finally {
    await stopAll(contenders);
  }
}

async function startAll(run: IngestRun): Promise<Contenders> {
  const bare = new Contender<BareHandlers>(new URL('./bare.contender.ts', import.meta.url));
  await bare.call('open', { count: run.workers, model: defaultModel.folder });
  const product = await startProduct(settingFor(run, 'default', 'embedding'));
  const others = await Promise.all(
    peers.map(async (name) => [name, await startPeer(name, settingFor(run, 'default', `embedding-${name}`))] as const),
  );
  return { product, bare, peers: new Map(others) };
}

async function stopAll({ product, bare, peers: others }: Contenders): Promise<void> {
  await Promise.all([product, bare, ...others.values()].map((contender) => contender.stop()));
}

async function ingestSlice(
  run: IngestRun,
  contenders: Contenders,
  slice: { seed: number; files: number },
): Promise<Metrics> {
  const { folder, bytes } = await writeTextFiles(run.passages, {
    folder: join(run.folder, `files-${slice.seed}`),
    files: slice.files,
    seed: slice.seed,
  });
  const metrics = await ingestAndCompare(contenders, { folder, bytes });
  for (const [name, peer] of contenders.peers) {
    const { chunks, ms } = await peer.call('ingest', { folder });
    metrics[`${name}ChunksPerSecondEmbedding`] = (chunks * 1000) / ms;
    metrics[`${name}MbPerSecondEmbedding`] = bytes / 1000 / ms;
  }
  return metrics;
}

/** The product, then the bare pool with what the product embedded. */
async function ingestAndCompare(
  { product, bare }: Contenders,
  { folder, bytes }: { readonly folder: string; readonly bytes: number },
): Promise<Metrics> {
  const { ms } = await product.call('ingest', { folder });
  const { p999Ms, maxMs } = await product.call('loopDelay', null);
  const texts = await product.call('embeddedTexts', null);
  const pool = await bare.call('embed', { texts });
  return {
    chunksPerSecondEmbedding: (texts.length * 1000) / ms,
    mbPerSecondEmbedding: bytes / 1000 / ms,
    bareChunksPerSecond: (texts.length * 1000) / pool.ms,
    embedderShare: pool.ms / ms,
    inferenceShare: (pool.ms - pool.tokenisingMs) / ms,
    eventLoopP999MsEmbedding: p999Ms,
    eventLoopMaxMsEmbedding: maxMs,
  };
}

function footprint({ product, peers: others }: Contenders): Metrics {
  const memory = [...others].map(([name, peer]) => [`${name}PeakRssMbEmbedding`, peer.peakRssMb()] as const);
  return { peakRssMbEmbedding: product.peakRssMb(), ...Object.fromEntries(memory) };
}
