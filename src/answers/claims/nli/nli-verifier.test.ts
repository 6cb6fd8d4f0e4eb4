import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type NliModel, openNliModel } from '../../../models/index.ts';
import type { ClaimVerdict } from '../claim.ts';
import { verifyClaims } from '../verify-claims.ts';
import { nliVerifier } from './nli-verifier.ts';

const fixture = fileURLToPath(new URL('../../../../tests/nli-model', import.meta.url));
const text = 'Laptops are replaced after 48 months. The canteen opens at noon.';
const failures: string[] = [];

let model: NliModel;
let scratch: string;

beforeAll(async () => {
  model = await openNliModel(fixture, { workers: 1 });
  scratch = await mkdtemp(join(tmpdir(), 'plumb-nli-'));
});
afterEach(() => {
  failures.length = 0;
});
afterAll(async () => {
  await model.close();
  await rm(scratch, { recursive: true });
});

async function read(claim: string, by = model, source = text): Promise<ClaimVerdict | undefined> {
  const verifiers = [nliVerifier(by, ({ code }) => failures.push(code))];
  const [verdict] = await verifyClaims(claim, [{ id: 's1', text: source }], { verifiers });
  return verdict;
}

/** The test model with another config.json. */
async function folderWith(name: string, config: object): Promise<string> {
  const folder = join(scratch, name);
  await cp(fixture, folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}

describe('nliVerifier', () => {
  it('supports what the model is sure of, and shows the stretch it read', async () => {
    const verdict = await read('Damaged laptops are replaced.');
    expect(verdict).toMatchObject({ status: 'supported', level: 'nli', conflict: null });
    expect(verdict?.score).toBeGreaterThan(0.9);
    expect(verdict?.spans.map(({ start, end }) => text.slice(start, end))).toEqual([text]);
  });

  it('contradicts what the model is sure is not so', async () => {
    expect(await read('Damaged ones are not replaced.')).toMatchObject({ status: 'contradicted', level: 'nli' });
  });

  it('leaves open what the model is not sure of', async () => {
    const verdict = await read('Laptops gleam brightly overnight.');
    expect(verdict).toMatchObject({ status: 'unverified', level: 'nli' });
  });

  it('keeps to the window of the model: a long source is cut, the claim is read', async () => {
    const long = `${'The canteen opens at noon every day of the year. '.repeat(400)}${text}`;
    expect(await read('Damaged laptops are replaced.', model, long)).toMatchObject({
      status: 'supported',
      level: 'nli',
    });
  });

  it('takes the classes from the labels of the folder', async () => {
    const labels = { 0: 'entailment', 1: 'neutral', 2: 'contradiction' };
    const turned = await openNliModel(await folderWith('turned', { id2label: labels }), { workers: 1 });
    expect(await read('Damaged laptops are replaced.', turned)).toMatchObject({ status: 'contradicted' });
    await turned.close();
  });

  it('says what is wrong with a folder when it is opened', async () => {
    const sentiment = await folderWith('sentiment', { id2label: { 0: 'NEGATIVE', 1: 'POSITIVE' } });
    await expect(openNliModel(sentiment, { workers: 1 })).rejects.toMatchObject({
      code: 'model.invalid',
      message: expect.stringContaining('NEGATIVE, POSITIVE'),
    });
    await expect(openNliModel(join(scratch, 'nothing'), { workers: 1 })).rejects.toThrow(/model\.onnx/);
  });

  it('lets the verdict before it stand where the model cannot be run', async () => {
    const labels = { 0: 'entailment', 1: 'contradiction' };
    const short = await openNliModel(await folderWith('short', { id2label: labels }), { workers: 1 });
    expect(await read('Damaged laptops are replaced.', short)).toMatchObject({ status: 'unverified', level: 'local' });
    expect(failures).toEqual(['model.invalid']);
    await short.close();
  });

  it('stops when the caller does', async () => {
    const verifiers = [nliVerifier(model, () => undefined)];
    const controller = new AbortController();
    const verified = verifyClaims('Damaged laptops are replaced.', [{ id: 's1', text }], {
      verifiers,
      signal: controller.signal,
    });
    controller.abort();
    await expect(verified).rejects.toThrow('abort');
  });

  it('is tested with a model whose making is in the repository', async () => {
    const made = await readFile(join(fixture, 'make.py'), 'utf8');
    const config = JSON.parse(await readFile(join(fixture, 'config.json'), 'utf8')) as { id2label: object };
    for (const label of Object.values(config.id2label)) expect(made).toContain(`"${String(label)}"`);
  });
});
