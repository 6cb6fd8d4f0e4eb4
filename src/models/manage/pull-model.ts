import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Clock, OperationAborted, systemClock } from '../../base/index.ts';
import { ModelPullFailed } from '../errors.ts';
import { describeModel, ONNX_FILES } from '../local/describe-model.ts';
import { type ModelOrigin, ORIGIN_FILE } from './model-origin.ts';
import { folderSource, type ModelSource, webSource } from './model-source.ts';
import { isModelName, modelsFolder } from './models-home.ts';

/** How a model is fetched. */
export interface PullOptions {
  /** The platform's home, absolute path. */
  readonly home: string;
  /** Default: the last part of the source. */
  readonly name?: string;
  /** Replace a model of that name; default false. */
  readonly replace?: boolean;
  /** For all files together; default 2 GiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with the file and its bytes so far. */
  readonly onProgress?: (file: string, bytes: number) => void;
  readonly clock?: Clock;
}

/** A model that was fetched. */
export interface PulledModel {
  readonly name: string;
  /** Absolute path; `PLUMB_EMBEDDER=folder:PATH` uses it. */
  readonly folder: string;
  readonly bytes: number;
  readonly origin: ModelOrigin;
}

const OPTIONAL_FILES = [
  'config.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'sentence_bert_config.json',
  'modules.json',
  'config_sentence_transformers.json',
  '1_Pooling/config.json',
  'LICENSE',
  'README.md',
];
const DEFAULT_MAX_BYTES = 2 * 1024 ** 3;

/**
 * Fetches a sentence-transformers ONNX model into `<home>/models/NAME`. Everything goes to a hidden folder first and is
 * renamed when it is complete and can be described; a failure leaves nothing behind.
 * @param source `https://huggingface.co/ORG/NAME`, the address of a mirror, or a folder
 * @throws ModelPullFailed, ModelInvalid, OperationAborted, OperationTimedOut
 */
export async function pullModel(source: string, options: PullOptions): Promise<PulledModel> {
  const signal = options.signal ?? new AbortController().signal;
  const name = options.name ?? basename(source.replace(/[/\\]+$/, ''));
  if (!isModelName(name)) {
    throw new ModelPullFailed(
      source,
      `${JSON.stringify(name)} is no name for it: letters, digits, ".", "_" and "-" only.`,
    );
  }
  const folder = join(modelsFolder(options.home), name);
  if (options.replace !== true && (await stat(folder).catch(() => null)) !== null) {
    throw new ModelPullFailed(source, `${folder} exists already; give another name, or ask for it to be replaced.`);
  }
  const from = /^https?:\/\//.test(source) ? await webSource(source, signal) : folderSource(source);
  const unfinished = join(modelsFolder(options.home), `.pull-${randomUUID()}`);
  try {
    const origin = await new Fetch(from, unfinished, { ...options, signal }).all();
    await describeModel(unfinished);
    await writeFile(join(unfinished, ORIGIN_FILE), `${JSON.stringify(origin, null, 2)}\n`);
    if (options.replace === true) await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
    const bytes = Object.values(origin.files).reduce((sum, file) => sum + file.bytes, 0);
    return { name, folder, bytes, origin };
  } catch (error) {
    if (signal.aborted) throw new OperationAborted('Fetching the model', signal.reason);
    throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** One fetch of all files of a model. */
class Fetch {
  readonly #source: ModelSource;
  readonly #folder: string;
  readonly #options: PullOptions & { readonly signal: AbortSignal };
  readonly #files: ModelOrigin['files'] = {};
  #bytes = 0;

  constructor(source: ModelSource, folder: string, options: PullOptions & { readonly signal: AbortSignal }) {
    this.#source = source;
    this.#folder = folder;
    this.#options = options;
  }

  async all(): Promise<ModelOrigin> {
    const { address } = this.#source;
    if (!(await this.#fetch('tokenizer.json'))) throw new ModelPullFailed(address, 'there is no tokenizer.json.');
    for (const file of OPTIONAL_FILES) await this.#fetch(file);
    const onnx = await this.#firstOf(ONNX_FILES);
    if (onnx === null) throw new ModelPullFailed(address, `there is none of ${ONNX_FILES.join(', ')}.`);
    // Weights beyond 2 GB live beside the graph.
    await this.#fetch(`${onnx}_data`);
    const pulledAt = new Date((this.#options.clock ?? systemClock)()).toISOString();
    return { source: address, pulledAt, files: this.#files };
  }

  async #firstOf(files: readonly string[]): Promise<string | null> {
    for (const file of files) if (await this.#fetch(file)) return file;
    return null;
  }

  /** Fetches one file; false when the source does not have it. */
  async #fetch(file: string): Promise<boolean> {
    const stream = await this.#source.open(file, this.#options.signal);
    if (stream === null) return false;
    const target = join(this.#folder, file);
    await mkdir(dirname(target), { recursive: true });
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = async function* (this: Fetch, parts: Readable): AsyncGenerator<Uint8Array> {
      for await (const part of parts as AsyncIterable<Uint8Array>) {
        bytes += part.length;
        this.#count(part.length);
        hash.update(part);
        this.#options.onProgress?.(file, bytes);
        yield part;
      }
    };
    await pipeline(stream, measure.bind(this), createWriteStream(target), { signal: this.#options.signal });
    this.#files[file] = { bytes, sha256: hash.digest('hex') };
    return true;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    const most = this.#options.maxBytes ?? DEFAULT_MAX_BYTES;
    if (this.#bytes > most) {
      throw new ModelPullFailed(this.#source.address, `its files are larger than the ${most} bytes allowed.`);
    }
  }
}
