import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultModel } from '../default-model.ts';
import { openRerankModel } from './rerank-model.ts';

const OVERLAP = join(import.meta.dirname, 'testdata', 'overlap.onnx');
const { signal } = new AbortController();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-rerank-'));
  await cp(OVERLAP, join(folder, 'model.onnx'));
  await cp(join(defaultModel.folder, 'tokenizer.json'), join(folder, 'tokenizer.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a reranker from a folder', () => {
  it('scores each passage with the question, in order', async () => {
    const model = await openRerankModel(folder, { workers: 1 });
    try {
      const passages = ['the whale swims', 'notice of rent', 'rent is due, and notice of rent'];
      const scores = await model.scores('rent notice', passages, signal);
      // The model counts equal tokens across the pair; the mark at the end of both is one.
      expect(scores).toEqual([1, 3, 4]);
      const long = await model.scores('rent', [`${'word '.repeat(3_000)} rent`], signal);
      expect(long).toEqual([1]);
      await expect(model.scores('rent', ['rent'], AbortSignal.abort())).rejects.toMatchObject({
        code: 'operation.aborted',
      });
    } finally {
      await model.close();
    }
  });

  it('says what is missing or is no such model', async () => {
    await expect(openRerankModel(join(folder, 'nowhere'), { workers: 1 })).rejects.toMatchObject({
      code: 'model.invalid',
    });
    const embedder = await openRerankModel(defaultModel.folder, { workers: 1 });
    await expect(embedder.scores('a', ['b'], signal)).rejects.toThrow('one output of logits');
    await embedder.close();
  });
});
