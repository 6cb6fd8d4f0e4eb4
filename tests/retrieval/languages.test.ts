import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collection } from '../../src/ingest/index.ts';
import { testServerUrl } from '../../src/store/testing.ts';
import { Workspace } from '../ingest/workspace.ts';

/** Each with a question whose words are inflected otherwise than the document's. */
const DOCUMENTS = {
  en: ['Employees receive the fifteen days of annual leave at the beginning of each year.', 'receiving a day of leave'],
  de: ['Die Kündigungsfristen der Mitarbeiter betragen in den meisten Häusern drei Monate.', 'Kündigungsfrist'],
  fr: [
    'Les indemnités des employées sont accordées par la direction dans les trois mois.',
    'Qui accorde une indemnité ?',
  ],
  es: ['Los trabajadores reciben las bonificaciones en la cuenta que han dado al banco.', '¿Cuál es la bonificación?'],
  hi: ['कर्मचारियों को हर साल छुट्टियाँ मिलती हैं और यह नियम सब के लिए है।', 'कर्मचारी की छुट्टी'],
  zh: ['员工每年有十五天的带薪年假。', '带薪年假'],
} as const;

const suites = [
  ['LanceDB', 'pglite', { PLUMB_INDEX: 'lancedb' }],
  ['pgvector', 'postgres', { PLUMB_INDEX: 'pgvector' }],
] as const;

describe.each(suites)('documents in several languages on %s', (_, kind, environment) => {
  const missing = kind === 'postgres' && testServerUrl === undefined;
  describe.skipIf(missing)(
    missing ? 'skipped, set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17 with pgvector' : kind,
    () => {
      let workspace: Workspace;
      let collection: Collection;
      beforeAll(async () => {
        workspace = await Workspace.open(kind, { environment: { ...environment, PLUMB_SAMPLE: 'off' } });
        collection = await workspace.collection();
        for (const [language, [text]] of Object.entries(DOCUMENTS))
          await workspace.upload(collection, { name: `${language}.txt`, text });
        await workspace.idle();
      });
      afterAll(() => workspace.drop());

      it('are kept with their language', async () => {
        const rows = await workspace.platform.database.withTenant(workspace.context, (tx) =>
          tx.query<{ name: string; language: string }>(
            'select d.external_id as name, v.language from versions v join documents d on d.id = v.document_id',
          ),
        );
        for (const { name, language } of rows) expect(name).toBe(`${language}.txt`);
        expect(rows).toHaveLength(Object.keys(DOCUMENTS).length);
      });

      it.each(Object.entries(DOCUMENTS))('are found by the stems of %s', async (language, [, question]) => {
        expect(await workspace.findWords(collection, question)).toContain(`${language}.txt`);
      });

      it('are found by them when the index is built anew from the store, and after a new start', async () => {
        await workspace.platform.ingest.reindex(workspace.context, collection);
        await workspace.idle();
        await workspace.reopen();
        for (const [language, [, question]] of Object.entries(DOCUMENTS))
          expect(await workspace.findWords(collection, question), language).toContain(`${language}.txt`);
      });

      it('are not found by function words of a question’s own language', async () => {
        expect(await workspace.findWords(collection, 'Wer hat die Zebras in den Zoo gebracht?')).toEqual([]);
        expect(await workspace.findWords(collection, 'Qui est dans la cuisine avec une girafe ?')).toEqual([]);
      });
    },
  );
});
