import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPlumb, startPlumb } from './run-plumb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-'));
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'docs/parrot.md'), '# Parrots\n\nThe office parrot eats walnuts every morning.\n');
  await writeFile(join(folder, 'docs/bell.txt'), 'The bell\u001b[2J rings at\u0007 noon.');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runPlumb(words, { cwd: folder, env: { PORT: '0', ...env } });

describe('npm start, the sample and the documents of a folder', () => {
  it('answers, says what a newcomer needs, takes the folder in, and remembers all of it', async () => {
    const surroundings = { cwd: folder, env: { PORT: '0' } };
    const first = startPlumb(['serve', './docs'], surroundings);
    const greeting = await first.says('2 added');
    expect(greeting).toMatch(/Question .+\n[^[]+\[1\]/s);
    expect(greeting).toMatch(/Open +http:\/\/127\.0\.0\.1:\d+/);
    expect(greeting).toContain(join(folder, '.plumbline'));
    for (const words of ['npm start -- ./my-docs', 'nothing is sent anywhere', 'Ctrl+C'])
      expect(greeting).toContain(words);
    expect(greeting).not.toContain('\u001b');

    const second = await run(['serve']);
    expect(second.code).toBe(1);
    expect(second.err).toContain('is in use by process');

    const asked = await run(['ask', 'What does the office parrot eat?']);
    expect(asked.code).toBe(0);
    expect(asked.out).toContain('walnuts');
    expect(asked.out).toContain('[1] Parrots (parrot.md)');

    const disputed = await run(['ask', '--collection', 'handbook', 'When do I get a new laptop?']);
    expect(disputed.out).toMatch(/The sources disagree: “[^”]+” says \d+ months/);

    const listed = await run(['documents', '--json', '--collection', 'handbook', '-n', '200']);
    expect(listed.err).toBe('');
    const { items } = JSON.parse(listed.out) as { items: { id: string }[] };
    const [gone] = items;
    expect((await run(['documents', 'delete', gone?.id ?? ''])).code).toBe(0);

    expect((await run(['reset', '--yes'])).err).toContain('is in use by the server at http://127.0.0.1');
    first.stop('SIGINT');
    expect((await first.ended).code).toBe(0);

    const again = startPlumb(['serve', './docs'], surroundings);
    expect(await again.says('unchanged')).toContain('0 added, 0 changed, 2 unchanged');
    const after = JSON.parse((await run(['documents', '--json', '--collection', 'handbook', '-n', '200'])).out) as {
      items: { id: string }[];
    };
    expect(after.items.length).toBe(items.length - 1);
    again.stop();
    expect((await again.ended).code).toBe(0);
  });

  it('works without a server too, on the same home', async () => {
    const found = await run(['search', 'bell']);
    expect(found.code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
    expect(found.out).not.toMatch(/[\u0007\u001b]/);
    const nothing = await run(['ask', '--json', 'How deep is the Mariana trench?']);
    expect(nothing.code).toBe(3);
    expect(JSON.parse(nothing.out)).toMatchObject({ kind: 'abstained' });
    const doctor = await run(['doctor']);
    expect(doctor.out).toContain('equals the store');
    expect(doctor.out).not.toContain('FAIL');
  });

  it('backs up, resets, and restores into an empty home', async () => {
    expect((await run(['backup', 'copy.tar.gz'])).out).toContain('documents');
    expect((await run(['backup', 'copy.tar.gz'])).err).toContain('there is a file of that name already');
    const occupied = await run(['restore', 'copy.tar.gz']);
    expect(occupied.code).toBe(1);
    expect((await run(['reset'])).err).toContain('plumb reset --yes');
    expect((await run(['reset', '--yes'])).code).toBe(0);
    await expect(stat(join(folder, '.plumbline'))).rejects.toThrow('ENOENT');
    const restored = await run(['restore', '--json', 'copy.tar.gz']);
    expect(restored.err).toBe('');
    expect(JSON.parse(restored.out)).toMatchObject({ documents: expect.any(Number) });
    const asked = await run(['ask', '-c', 'documents', 'What does the office parrot eat?']);
    expect(asked.out).toContain('walnuts');
  });
});
