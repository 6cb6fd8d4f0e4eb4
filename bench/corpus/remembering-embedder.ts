import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../../src/models/index.ts';
import { cacheFolder } from '../data.ts';

const keyBytes = 16;

/**
 * An embedder that keeps every vector it ever made in one file of the benchmarks' cache: a second run over the same
 * texts computes nothing. One process at a time.
 */
export async function rememberingEmbedder(embedder: Embedder): Promise<Embedder> {
  const file = join(cacheFolder, `${embedder.id}.texts`);
  await mkdir(cacheFolder, { recursive: true });
  const known = existsSync(file) ? unpack(await readFile(file), embedder.dimensions) : new Map<string, Float32Array>();
  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    embed: async (texts, options) => {
      const keys = texts.map((text) => keyOf(options.purpose, text));
      const missing = [...new Set(keys)].filter((key) => !known.has(key));
      if (missing.length > 0) {
        const wanted = missing.map((key) => texts[keys.indexOf(key)] ?? '');
        const vectors = await embedder.embed(wanted, options);
        for (const [index, key] of missing.entries()) known.set(key, vectors[index] ?? new Float32Array());
        await appendFile(file, Buffer.concat(missing.map((key) => record(key, known.get(key)))));
      }
      return keys.map((key) => known.get(key) ?? new Float32Array(embedder.dimensions));
    },
    close: () => embedder.close(),
  };
}

function keyOf(purpose: string, text: string): string {
  return createHash('sha256')
    .update(`${purpose}:${text}`)
    .digest('hex')
    .slice(0, 2 * keyBytes);
}

function record(key: string, vector: Float32Array = new Float32Array()): Buffer {
  return Buffer.concat([Buffer.from(key, 'hex'), new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)]);
}

/** A record cut short by a run that was stopped ends the reading. */
function unpack(bytes: Buffer, dimensions: number): Map<string, Float32Array> {
  const size = keyBytes + 4 * dimensions;
  const known = new Map<string, Float32Array>();
  for (let at = 0; at + size <= bytes.length; at += size) {
    const vector = new Float32Array(dimensions);
    Buffer.from(vector.buffer).set(bytes.subarray(at + keyBytes, at + size));
    known.set(bytes.toString('hex', at, at + keyBytes), vector);
  }
  return known;
}
