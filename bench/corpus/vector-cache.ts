import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder, EmbeddingPurpose } from '../../src/models/index.ts';
import { cacheFolder } from '../data.ts';
import { progress } from '../report/report.ts';

/** What is to be embedded. */
export interface ToEmbed {
  readonly texts: readonly string[];
  readonly purpose: EmbeddingPurpose;
  /** For the progress line. */
  readonly label: string;
}

/**
 * Vectors of texts, from the cache when the very same texts were embedded by the very same embedder before.
 * @returns `Float32Array[]` — [text][dimension], unit length
 */
export async function embedCached(embedder: Embedder, { texts, purpose, label }: ToEmbed): Promise<Float32Array[]> {
  const file = join(cacheFolder, `${embedder.id}-${purpose}-${fingerprint(texts)}.f32`);
  if (existsSync(file)) return unpack(await readFile(file), embedder.dimensions);
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += 256) {
    vectors.push(...(await embedder.embed(texts.slice(at, at + 256), { purpose })));
    if (at % 1024 === 0) progress(`embedding ${label}: ${at} of ${texts.length}`);
  }
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(
    `${file}.${process.pid}`,
    Buffer.concat(vectors.map((vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))),
  );
  await rename(`${file}.${process.pid}`, file);
  return vectors;
}

function fingerprint(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('hex').slice(0, 24);
}

function unpack(bytes: Buffer, dimensions: number): Float32Array[] {
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return Array.from({ length: values.length / dimensions }, (_, index) =>
    values.slice(index * dimensions, (index + 1) * dimensions),
  );
}
