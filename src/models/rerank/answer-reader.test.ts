import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256OfFile } from '../local/sha256-of-file.ts';
import { openAnswerReader } from './answer-reader.ts';
import type { RerankModel } from './rerank-model.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'models', 'answer-reader');
const { signal } = new AbortController();
let reader: RerankModel;

beforeAll(async () => {
  const opened = await openAnswerReader();
  if (opened === null) throw new Error(`${FOLDER} holds no model.`);
  reader = opened;
});
afterAll(() => reader.close());

describe('the reader of answers', () => {
  it('tells a sentence that answers from its near twin, by its words and by what stands above it', async () => {
    const question = 'How much leave does a partner get after the birth?';
    const [partner, parent, notice] = (await reader.scores(
      question,
      [
        'Family leave > Partners: The partner of the birth parent takes three weeks of paid leave.',
        'Family leave > Birth parents: The birth parent takes sixteen weeks of paid leave.',
        'Family leave: This policy is reviewed by the personnel office every spring.',
      ],
      signal,
    )) as [number, number, number];
    expect(partner).toBeGreaterThan(0);
    expect(partner).toBeGreaterThan(parent + 1);
    expect(notice).toBeLessThan(-1);
  });

  it('is the file whose origin is told', async () => {
    const origin = readFileSync(join(FOLDER, 'ORIGIN.md'), 'utf8');
    for (const file of ['onnx/model_quantized.onnx', 'tokenizer.json', 'LICENSE'])
      expect(origin).toContain(await sha256OfFile(join(FOLDER, file)));
  });

  it('is left out where it is not there', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'plumb-no-reader-'));
    expect(await openAnswerReader(empty)).toBeNull();
    await rm(empty, { recursive: true });
  });
});
