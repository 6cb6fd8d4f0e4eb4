import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultModel } from '../default-model.ts';
import { listModels } from './list-models.ts';
import { pullModel } from './pull-model.ts';
import { testModel } from './test-model.ts';

let home: string;
let server: Server;
/** Answers by path instead of the shipped model's file. */
let special: Map<string, (response: import('node:http').ServerResponse) => void>;
let hubLayout: boolean;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-home-'));
  special = new Map();
  hubLayout = true;
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const answer = special.get(path);
    if (answer !== undefined) return answer(response);
    const file = path.replace(hubLayout ? '/org/tiny/resolve/main/' : '/org/tiny/', '');
    const found = join(defaultModel.folder, file);
    if (file === path || !existsSync(found)) return void response.writeHead(404).end();
    createReadStream(found).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(home, { recursive: true, force: true });
});

const address = (path = '/org/tiny'): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const left = (): Promise<string[]> => readdir(join(home, 'models')).catch(() => []);

describe('pulling a model', () => {
  it('fetches from a hub, follows redirects, records hashes, and the model runs', async () => {
    const main = '/org/tiny/resolve/main';
    special.set(`${main}/onnx/model_quantized.onnx`, (response) => response.writeHead(302, { location: '/cdn' }).end());
    special.set('/cdn', (response) =>
      createReadStream(join(defaultModel.folder, defaultModel.onnxFile)).pipe(response),
    );
    const seen = new Set<string>();
    const pulled = await pullModel(address(), { home, clock: () => 0, onProgress: (file) => seen.add(file) });
    expect(pulled).toMatchObject({ name: 'tiny', folder: join(home, 'models', 'tiny') });
    const origin = JSON.parse(await readFile(join(pulled.folder, 'ORIGIN.json'), 'utf8')) as typeof pulled.origin;
    expect(origin).toEqual(pulled.origin);
    expect(origin).toMatchObject({ source: address(), pulledAt: '1970-01-01T00:00:00.000Z' });
    expect(origin.files[defaultModel.onnxFile]?.sha256).toMatch(/^3a116109/);
    expect(seen).toContain('tokenizer.json');
    const report = await testModel('tiny', { home });
    expect(report).toMatchObject({ dimensions: 384, plausible: true, parity: null });
    const [shipped, tiny] = await listModels(home);
    expect(shipped).toMatchObject({ name: defaultModel.name, shipped: true, maxTokens: 256, problem: null });
    expect(tiny).toMatchObject({
      name: 'tiny',
      shipped: false,
      dimensions: 384,
      source: address(),
      onnxBytes: 22944316,
    });
  });

  it('fetches from a mirror and from a folder, under a name of choice', async () => {
    hubLayout = false;
    await pullModel(address('/org/tiny/'), { home, name: 'mirror' });
    await pullModel(join(home, 'models', 'mirror'), { home, name: 'copy' });
    expect((await listModels(home)).map((model) => [model.name, model.problem])).toEqual([
      [defaultModel.name, null],
      ['copy', null],
      ['mirror', null],
    ]);
  });

  it('does not overwrite a model unless told to', async () => {
    await pullModel(defaultModel.folder, { home, name: 'mine' });
    await writeFile(join(home, 'models', 'mine', 'old'), '');
    await expect(pullModel(defaultModel.folder, { home, name: 'mine' })).rejects.toThrow(/exists already/);
    await pullModel(defaultModel.folder, { home, name: 'mine', replace: true });
    expect(existsSync(join(home, 'models', 'mine', 'old'))).toBe(false);
  });

  it('refuses bad addresses, bad names and redirects to other places', async () => {
    const refused = (source: string, name = 'x') =>
      expect(pullModel(source, { home, name })).rejects.toMatchObject({ code: 'model.pull-failed' });
    await refused('http://models.example.com/org/tiny');
    await refused(defaultModel.folder, '../escape');
    await refused(defaultModel.folder, '.hidden');
    await refused(join(home, 'absent'));
    await refused(address('/org/absent'));
    special.set('/org/tiny/resolve/main/tokenizer.json', (response) =>
      response.writeHead(302, { location: 'http://192.0.2.1/tokenizer.json' }).end(),
    );
    await refused(address());
    expect(await left()).toEqual([]);
  });

  it('leaves nothing behind when it is too large, broken off, aborted, or no model', async () => {
    await expect(pullModel(address(), { home, maxBytes: 1_000_000 })).rejects.toThrow(/larger than/);
    const onnx = '/org/tiny/resolve/main/onnx/model_quantized.onnx';
    special.set(onnx, (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('half', () => response.destroy());
    });
    await expect(pullModel(address(), { home })).rejects.toMatchObject({ code: 'model.pull-failed' });
    const controller = new AbortController();
    special.set(onnx, (response) => void response.write('half', () => controller.abort()));
    await expect(pullModel(address(), { home, signal: controller.signal })).rejects.toMatchObject({
      code: 'operation.aborted',
    });
    special.delete(onnx);
    special.set('/org/tiny/resolve/main/config.json', (response) => response.end('{'));
    await expect(pullModel(address(), { home })).rejects.toMatchObject({ code: 'model.invalid' });
    expect(await left()).toEqual([]);
  });
});

describe('testing and listing models', () => {
  it('reports the shipped model with its parity', async () => {
    const report = await testModel('default', { home });
    expect(report).toMatchObject({ id: defaultModel.id, dimensions: 384, maxTokens: 256, plausible: true });
    expect(report.parity?.texts).toBe(16);
    expect(report.parity?.lowestCosine).toBeGreaterThan(0.999);
    expect(report.msPerText).toBeGreaterThan(0);
  });

  it('lists a broken folder with its problem and refuses to test it', async () => {
    await mkdir(join(home, 'models', 'broken'), { recursive: true });
    expect((await listModels(home))[1]).toMatchObject({
      name: 'broken',
      problem: expect.stringContaining('model.onnx'),
    });
    await expect(testModel('broken', { home })).rejects.toMatchObject({ code: 'model.invalid' });
    await expect(testModel('nope', { home, declared: ['large'] })).rejects.toMatchObject({
      code: 'model.unknown',
      message: `There is no model nope. Declared: large. Here: ${defaultModel.name}, broken. Name one of them, or a folder as ./FOLDER.`,
    });
  });
});
