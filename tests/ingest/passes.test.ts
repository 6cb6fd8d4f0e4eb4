import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { describeWorkspaces } from './workspace.ts';

const embedded: string[] = [];
const embedder = () =>
  createFixedEmbedder({
    onEmbed: (texts, { purpose }) => {
      if (purpose === 'document') embedded.push(...texts);
    },
  });

/** A text of several sections of a chunk each. */
function manual(sections: readonly string[]): string {
  const filler = 'The staff member in charge writes down what was done and keeps the record for a year. ';
  return sections.map((word, i) => `# Section ${i}\n\nAbout ${word}. ${filler.repeat(8)}\n`).join('\n');
}

describeWorkspaces(
  'a pass over a folder',
  () => ({ embedder, log: silentLog }),
  (workspace) => {
    test('stores what is new; a second pass reads, embeds and writes nothing', async () => {
      const collection = await workspace().collection();
      const root = await workspace().files('twice', {
        'a.md': '# Apples\n\nThey are red.',
        'sub/b.txt': 'Pears are green.',
      });
      const first = await workspace().pass(collection, root);
      expect(first.report.error).toBeNull();
      expect(first.report.counts).toMatchObject({ listed: 2, added: 2, unchanged: 0, quarantined: 0, closed: 0 });
      await workspace().idle();
      expect(await workspace().find(collection, 'pears green')).toContain('sub/b.txt');

      embedded.length = 0;
      const second = await workspace().pass(collection, root);
      await workspace().idle();
      expect(second.report.counts).toMatchObject({
        listed: 2,
        added: 0,
        changed: 0,
        unchanged: 2,
        bytes: 0,
        chunks: 0,
      });
      expect(embedded).toEqual([]);
      const documents = await workspace().platform.ingest.documents(workspace().context, {
        collectionId: collection.id,
        before: null,
        limit: 10,
      });
      expect(documents.map(({ version, indexed }) => [version, indexed])).toEqual([
        [1, 'vector'],
        [1, 'vector'],
      ]);
    });

    test('a touched file with the same bytes is read but gets no version', async () => {
      const collection = await workspace().collection();
      const root = await workspace().files('touched', { 'a.md': '# Apples\n\nThey are crimson.' });
      await workspace().pass(collection, root);
      await workspace().idle();
      embedded.length = 0;
      const again = await workspace().pass(collection, root, { force: true });
      await workspace().idle();
      expect(again.report.counts).toMatchObject({ unchanged: 1, changed: 0, added: 0 });
      expect(again.report.counts.bytes).toBeGreaterThan(0);
      expect(embedded).toEqual([]);
    });

    test('a file that an earlier revision of its parser read is read again, and keeps its dates', async () => {
      const collection = await workspace().collection();
      const root = await workspace().files('revised', { 'old.md': '# Plums\n\nThey are blue.', 'new.txt': 'Figs.' });
      await workspace().pass(collection, root);
      const { platform, context } = workspace();
      const setParser = async (parser: string): Promise<void> => {
        await platform.database.withTenant(context, (tx) =>
          tx.query(`update versions set parser = $2 where collection_id = $1 and parser like 'markdown@%'`, [
            collection.id,
            parser,
          ]),
        );
      };
      const page = { collectionId: collection.id, before: null, limit: 10 };
      const facts = async () =>
        (await platform.ingest.documents(context, page))
          .map(({ externalId, version, effectiveFrom }) => ({ externalId, version, effectiveFrom }))
          .sort((a, b) => a.externalId.localeCompare(b.externalId));
      const [figs, plums] = await facts();

      await setParser('markdown@0');
      const again = await workspace().pass(collection, root);
      expect(again.report.counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
      expect(await facts()).toEqual([figs, { ...plums, version: 2 }]);
      expect((await workspace().pass(collection, root)).report.counts).toMatchObject({ changed: 0, unchanged: 2 });

      await setParser('markdown@999');
      expect((await workspace().pass(collection, root)).report.counts).toMatchObject({ changed: 0, unchanged: 2 });
    });

    test('a second folder with an equal path is refused and overwrites nothing, until the first is gone', async () => {
      const collection = await workspace().collection();
      const first = await workspace().files('first', { 'sub/fees.md': '# Fees\n\nQuinces cost one.' });
      const second = await workspace().files('second', { 'sub/fees.md': '# Fees\n\nMedlars cost twenty-two.' });
      await workspace().pass(collection, first);
      const refused = await workspace().pass(collection, second, { force: true });
      expect(refused).toMatchObject({ state: 'failed', report: { error: { code: 'source.path-taken' } } });
      expect(refused.report.error?.message).toContain(first);
      await workspace().idle();
      expect(await workspace().findWords(collection, 'quinces')).toEqual(['sub/fees.md']);
      expect(await workspace().findWords(collection, 'medlars')).toEqual([]);
      expect((await workspace().pass(collection, first)).report.counts).toMatchObject({ unchanged: 1 });

      await rm(first, { recursive: true });
      expect((await workspace().pass(collection, second)).report.counts).toMatchObject({ changed: 1, closed: 0 });
    });

    test('of a changed file only the changed chunks are embedded, and the version before keeps its time', async () => {
      const collection = await workspace().collection();
      const words = ['lathes', 'presses', 'drills', 'saws', 'planers'];
      const root = await workspace().files('changed', { 'manual.md': manual(words) });
      await workspace().pass(collection, root);
      await workspace().idle();
      const chunksBefore = await workspace().platform.ingest.progress(workspace().context, collection);
      const before = Date.now();

      embedded.length = 0;
      await writeFile(join(root, 'manual.md'), manual(words.with(2, 'grinders')));
      const run = await workspace().pass(collection, root);
      await workspace().idle();
      expect(run.report.counts).toMatchObject({ changed: 1, added: 0 });
      expect(embedded).toHaveLength(1);
      expect(embedded[0]).toContain('grinders');
      expect(chunksBefore.chunks).toBeGreaterThanOrEqual(words.length);

      expect(await workspace().findWords(collection, 'grinders')).toContain('manual.md');
      expect(await workspace().findWords(collection, 'drills')).toEqual([]);
      expect(await workspace().findWords(collection, 'drills', before)).toContain('manual.md');
      expect(await workspace().findWords(collection, 'grinders', before)).toEqual([]);
    });

    test('a file that disappears ends its validity, and comes back as it was', async () => {
      const collection = await workspace().collection();
      const root = await workspace().files('gone', { 'a.txt': 'The quagga is striped.', 'b.txt': 'The zebra too.' });
      await workspace().pass(collection, root);
      await workspace().idle();
      const present = Date.now();
      await rm(join(root, 'a.txt'));
      const without = await workspace().pass(collection, root);
      expect(without.report.counts).toMatchObject({ closed: 1, unchanged: 1 });
      await workspace().idle();
      expect(await workspace().findWords(collection, 'quagga')).toEqual([]);
      expect(await workspace().findWords(collection, 'quagga', present)).toEqual(['a.txt']);
      const absent = Date.now();
      expect((await workspace().pass(collection, root)).report.counts.closed).toBe(0);

      embedded.length = 0;
      await writeFile(join(root, 'a.txt'), 'The quagga is striped.');
      expect((await workspace().pass(collection, root)).report.counts).toMatchObject({ changed: 1, closed: 0 });
      await workspace().idle();
      expect(embedded).toEqual([]);
      expect(await workspace().findWords(collection, 'quagga')).toEqual(['a.txt']);
      expect(await workspace().findWords(collection, 'quagga', absent)).toEqual([]);
      expect(await workspace().findWords(collection, 'quagga', present)).toEqual(['a.txt']);
    });

    test('many files that disappear at once close nothing until it is confirmed', async () => {
      const collection = await workspace().collection();
      const names = Array.from({ length: 15 }, (_, i) => `page-${i}.txt`);
      const contents = Object.fromEntries(names.map((name) => [name, `Words of ${name}, okapi.`]));
      const root = await workspace().files('mass', contents);
      await workspace().pass(collection, root);
      for (const name of names.slice(0, 12)) await rm(join(root, name));
      const refused = await workspace().pass(collection, root);
      expect(refused.state).toBe('failed');
      expect(refused.report.error?.code).toBe('source.mass-deletion');
      expect(refused.report.counts.closed).toBe(0);
      await workspace().idle();
      expect(await workspace().findWords(collection, 'okapi')).toHaveLength(15);

      const confirmed = await workspace().pass(collection, root, { confirmDeletions: true });
      expect(confirmed).toMatchObject({ state: 'completed', report: { counts: { closed: 12 } } });
      await workspace().idle();
      expect(await workspace().findWords(collection, 'okapi')).toHaveLength(3);
    });

    test('a root that is gone is an error and closes nothing', async () => {
      const collection = await workspace().collection();
      const root = await workspace().files('vanishing', { 'a.txt': 'A takin grazes.' });
      await workspace().pass(collection, root);
      await rm(root, { recursive: true });
      const run = await workspace().pass(collection, root, { confirmDeletions: true });
      expect(run).toMatchObject({ state: 'failed', report: { error: { code: 'source.not-found' } } });
      await workspace().idle();
      expect(await workspace().findWords(collection, 'takin')).toEqual(['a.txt']);
    });

    test('dates in front matter decide when a text is valid', async () => {
      const collection = await workspace().collection();
      const dated = (from: string, to: string, word: string) =>
        `---\ntitle: Rate ${word}\neffective_from: ${from}\neffective_to: ${to}\n---\n\nThe per diem is ${word}.\n`;
      const root = await workspace().files('dated', {
        'old.md': dated('2021-01-01', '2022-01-01', 'fortyone'),
        'current.md': '---\neffective_from: 2022-01-01\n---\n\nThe per diem is fortytwo.\n',
      });
      const run = await workspace().pass(collection, root);
      expect(run.report.counts.added).toBe(2);
      await workspace().idle();
      expect(await workspace().findWords(collection, 'per diem')).toEqual(['current.md']);
      expect(await workspace().findWords(collection, 'per diem', Date.UTC(2021, 5, 1))).toEqual(['old.md']);
      expect(await workspace().findWords(collection, 'per diem', Date.UTC(2020, 5, 1))).toEqual([]);
      expect((await workspace().pass(collection, root)).report.counts).toMatchObject({ unchanged: 2, closed: 0 });
    });

    test('a pattern that is none is refused before anything begins', async () => {
      const collection = await workspace().collection();
      const start = workspace().platform.ingest.startRun(workspace().context, collection, {
        spec: { kind: 'folder', root: workspace().folder, include: ['../elsewhere'], exclude: [] },
        options: { force: false, confirmDeletions: false },
      });
      await expect(start).rejects.toMatchObject({ code: 'source.bad-pattern' });
    });
  },
);
