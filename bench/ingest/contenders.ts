import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Passage } from '../corpus/sentences.ts';
import { asServed } from '../process/as-served.ts';
import { Contender, type ContenderOptions } from '../process/contender.ts';
import type { IngestHandlers, ProductHandlers, Setting } from './contract.ts';

/** What a part of the benchmark is given. */
export interface IngestRun {
  /** Scratch folder; removed by the caller. */
  readonly folder: string;
  readonly passages: readonly Passage[];
  readonly files: number;
  /** Worker threads of the default embedder. */
  readonly workers: number;
}

/** The peers; their metrics begin with these names. */
export const peers = ['langchain', 'llamaindex'] as const;

/** Starts the product in a process of its own, in an empty home. */
export async function startProduct(setting: Setting): Promise<Contender<ProductHandlers>> {
  return await start<ProductHandlers>('plumbline', setting, asServed);
}

/** Starts a peer in a process of its own. */
export async function startPeer(name: (typeof peers)[number], setting: Setting): Promise<Contender<IngestHandlers>> {
  return await start<IngestHandlers>(name, setting);
}

/** A setting with a home that nobody used before. */
export function settingFor(run: IngestRun, embedder: Setting['embedder'], name: string): Setting {
  return { embedder, workers: run.workers, home: join(run.folder, `home-${name}`) };
}

async function start<H extends IngestHandlers>(
  name: string,
  setting: Setting,
  options: ContenderOptions = {},
): Promise<Contender<H>> {
  await mkdir(setting.home, { recursive: true });
  const contender = new Contender<H>(new URL(`./${name}.contender.ts`, import.meta.url), options);
  try {
    await contender.call('open', setting);
    return contender;
  } catch (error) {
    await contender.stop();
    throw error;
  }
}
