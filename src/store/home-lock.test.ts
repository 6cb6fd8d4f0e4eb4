import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeHolder, lockHome } from './home-lock.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-lock-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const leave = (holder: object) => writeFile(join(home, 'plumb.lock'), JSON.stringify(holder));

it('holds a home until released', async () => {
  const lock = await lockHome(home);
  expect((await stat(join(home, 'plumb.lock'))).mode & 0o777).toBe(0o600);
  await lock.setAddress('http://127.0.0.1:4400');
  await expect(lockHome(home)).rejects.toMatchObject({
    code: 'home.locked',
    details: { pid: process.pid, address: 'http://127.0.0.1:4400' },
  });
  expect(await homeHolder(home)).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await homeHolder(home)).toBeNull();
  await (await lockHome(home)).release();
  expect(await readdir(home)).toEqual([]);
});

it('gives the home to one of many that ask at once', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockHome(home)));
  expect(asked.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
});

it('respects a live process', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log("up")'], { stdio: 'pipe' });
  await once(child.stdout, 'data');
  await leave({ pid: child.pid, started: null, address: null, createdAt: '2026-01-01T00:00:00Z' });
  await expect(lockHome(home)).rejects.toMatchObject({ code: 'home.locked', details: { pid: child.pid } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockHome(home)).release();
});

it.runIf(process.platform === 'linux')('takes over when the pid belongs to another program now', async () => {
  await leave({ pid: process.pid, started: 'another boot 1', address: null, createdAt: '2026-01-01T00:00:00Z' });
  const lock = await lockHome(home);
  expect(JSON.parse(await readFile(join(home, 'plumb.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
});

it('takes over an empty or broken lock, one of many', async () => {
  for (let round = 0; round < 20; round++) {
    await writeFile(join(home, 'plumb.lock'), '{"pid":');
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => lockHome(home)));
    expect(asked.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  }
});
