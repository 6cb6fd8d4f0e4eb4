import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultModel } from '../default-model.ts';
import { embedderConformance } from '../embedder.conformance.ts';
import { createDefaultEmbedder, createFolderEmbedder } from './local-embedder.ts';
import { sha256OfFile } from './sha256-of-file.ts';

const parity = JSON.parse(readFileSync(join(defaultModel.folder, 'parity.json'), 'utf8')) as {
  text: string;
  vector: number[];
}[];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'plumb-models-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** The shipped model as a folder of its own, with more files. */
async function buildFolder(name: string, files: Record<string, unknown> = {}): Promise<string> {
  const folder = join(scratch, name);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await symlink(join(defaultModel.folder, defaultModel.onnxFile), join(folder, defaultModel.onnxFile));
  for (const file of ['tokenizer.json', 'tokenizer_config.json', 'config.json']) {
    await cp(join(defaultModel.folder, file), join(folder, file));
  }
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function cosine(a: Float32Array | undefined, b: ArrayLike<number> | undefined): number {
  return (a ?? new Float32Array()).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0);
}

describe('default embedder', () => {
  for (const { name, run } of embedderConformance(async () => createDefaultEmbedder({ workers: 2 }))) it(name, run);

  it('makes the vectors of the reference implementation', async () => {
    const embedder = createDefaultEmbedder({ workers: 1 });
    const vectors = await embedder.embed(
      parity.map((one) => one.text),
      { purpose: 'document' },
    );
    parity.forEach((one, index) =>
      expect(cosine(vectors[index], one.vector), one.text.slice(0, 60)).toBeGreaterThan(0.999),
    );
    await embedder.close();
  });

  it('carries the hash of the shipped file in its id, and the facts of its files', async () => {
    const hash = await sha256OfFile(join(defaultModel.folder, defaultModel.onnxFile));
    expect(defaultModel.id).toBe(`all-minilm-l6-v2-int8-${hash.slice(0, 8)}`);
    const config = JSON.parse(readFileSync(join(defaultModel.folder, 'config.json'), 'utf8')) as {
      hidden_size: number;
    };
    expect(defaultModel.dimensions).toBe(config.hidden_size);
    const origin = readFileSync(join(defaultModel.folder, 'ORIGIN.md'), 'utf8');
    for (const file of [defaultModel.onnxFile, 'tokenizer.json', 'config.json', 'LICENSE']) {
      expect(origin).toContain(await sha256OfFile(join(defaultModel.folder, file)));
    }
  });
});

describe('process exit', () => {
  /** Runs a script that leaves `busy` ms after it gave the embedder more than it can do by then. */
  function exitCodeAfter(busyMs: number): Promise<number | null> {
    const script = `
      const { createDefaultEmbedder } = await import(${JSON.stringify(new URL('./local-embedder.ts', import.meta.url))});
      const embedder = createDefaultEmbedder({ workers: 2 });
      embedder.embed(Array(500).fill('word '.repeat(300)), { purpose: 'document' }).catch(() => process.exit(9));
      setTimeout(() => process.exit(0), ${busyMs});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  }

  it('is clean in the middle of loading and of computing', async () => {
    expect(await exitCodeAfter(80)).toBe(0);
    expect(await exitCodeAfter(600)).toBe(0);
  });

  it('does not wait for an embedder that nobody waits for', async () => {
    const script = `
      const { createDefaultEmbedder } = await import(${JSON.stringify(new URL('./local-embedder.ts', import.meta.url))});
      await createDefaultEmbedder({ workers: 1 }).embed(['a'], { purpose: 'query' });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });
});

describe('folder embedder', () => {
  it('runs a sentence-transformers folder and keeps to its window', async () => {
    const folder = await buildFolder('Mini LM', { 'sentence_bert_config.json': { max_seq_length: 16 } });
    const embedder = await createFolderEmbedder(folder, { workers: 1 });
    expect(embedder).toMatchObject({ dimensions: 384, maxTokens: 16, id: 'mini-lm-model-quantized-3a116109' });
    const same = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen';
    const [a, b] = await embedder.embed([`${same} fifteen`, `${same} whales`], { purpose: 'document' });
    expect(cosine(a, b)).toBeGreaterThan(0.99999);
    await embedder.close();
  });

  it('pools by the first token and puts prompts first where the folder says so', async () => {
    const cls = await createFolderEmbedder(
      await buildFolder('cls', { '1_Pooling/config.json': { pooling_mode_cls_token: true } }),
      { workers: 1 },
    );
    const prompted = await createFolderEmbedder(
      await buildFolder('prompted', { 'config_sentence_transformers.json': { prompts: { query: 'query: ' } } }),
      { workers: 1 },
    );
    const mean = createDefaultEmbedder({ workers: 1 });
    const [first] = await cls.embed(['notice period'], { purpose: 'document' });
    const [average, spelled] = await mean.embed(['notice period', 'query: notice period'], { purpose: 'document' });
    expect(cosine(first, average)).toBeLessThan(0.99);
    const [query] = await prompted.embed(['notice period'], { purpose: 'query' });
    expect(cosine(query, spelled)).toBeGreaterThan(0.99999);
    await Promise.all([cls.close(), mean.close(), prompted.close()]);
  });

  it('asks the model for its dimensions when the files do not say', async () => {
    const folder = await buildFolder('unsaid', { 'config.json': {} });
    const embedder = await createFolderEmbedder(folder, { workers: 1 });
    expect(embedder.dimensions).toBe(384);
    await embedder.close();
  });

  it('says that the model answers other dimensions than its files promise', async () => {
    const embedder = await createFolderEmbedder(await buildFolder('liar', { 'config.json': { hidden_size: 768 } }), {
      workers: 1,
    });
    await expect(embedder.warm()).rejects.toMatchObject({ code: 'embedder.wrong-dimensions' });
    await expect(embedder.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({
      code: 'embedder.wrong-dimensions',
    });
    await embedder.close();
  });

  it('names what is missing or wrong in a folder', async () => {
    const create = (folder: string) => createFolderEmbedder(folder, { workers: 1 });
    await expect(create(join(scratch, 'nothing'))).rejects.toMatchObject({
      code: 'model.invalid',
      message: expect.stringContaining('onnx/model_quantized.onnx'),
    });
    const bare = await buildFolder('bare');
    await rm(join(bare, 'tokenizer.json'));
    await expect(create(bare)).rejects.toThrow(/tokenizer\.json is missing/);
    await expect(create(await buildFolder('broken', { 'config.json': '{' }))).rejects.toThrow(/config\.json is not/);
    const max = await buildFolder('max', { '1_Pooling/config.json': { pooling_mode_max_tokens: true } });
    await expect(create(max)).rejects.toThrow(/pooling other than/);
  });

  it('refuses a dense layer that the ONNX file does not have, and a file that is no model, when it is loaded', async () => {
    const dense = await buildFolder('dense', { 'modules.json': [{ type: 'sentence_transformers.models.Dense' }] });
    await expect(createFolderEmbedder(dense, { workers: 1 })).rejects.toThrow(/one output of sentence_embedding/);
    const noModel = await buildFolder('no-model');
    await rm(join(noModel, 'onnx'), { recursive: true });
    await writeFile(join(noModel, 'model.onnx'), 'not a model');
    const embedder = await createFolderEmbedder(noModel, { workers: 1 });
    await expect(embedder.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({ code: 'model.invalid' });
    await embedder.close();
  });
});
