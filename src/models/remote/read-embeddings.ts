import { z } from 'zod';
import { EmbedderFailed } from '../errors.ts';

const answer = z.looseObject({
  data: z.array(z.looseObject({ index: z.number().int().optional(), embedding: z.array(z.number()) })),
});

/**
 * Reads an OpenAI embeddings answer: as many vectors as texts, in the order of `index`, whatever order they came in.
 * @throws EmbedderFailed when the answer is anything else
 */
export function readEmbeddings(name: string, body: unknown, expected: number): Float32Array[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new EmbedderFailed(name, 'the server answered something else than a list of vectors.');
  const vectors = new Array<Float32Array | undefined>(expected).fill(undefined);
  parsed.data.data.forEach(({ index, embedding }, position) => {
    vectors[index ?? position] = Float32Array.from(embedding);
  });
  const complete = vectors.filter((vector) => vector !== undefined);
  if (complete.length !== expected || parsed.data.data.length !== expected || vectors.length !== expected) {
    const given = parsed.data.data.length;
    throw new EmbedderFailed(name, `the server answered ${given} vectors, or wrong indices, for ${expected} texts.`);
  }
  if (complete.some((vector) => !vector.every(Number.isFinite))) {
    throw new EmbedderFailed(name, 'the server answered a vector with numbers that are not finite.');
  }
  return complete;
}
