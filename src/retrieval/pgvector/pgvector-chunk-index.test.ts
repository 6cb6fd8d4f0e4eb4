import { describe } from 'vitest';
import { openTestDatabase, type TestDatabase, testServerUrl } from '../../store/testing.ts';
import { chunkIndexConformance, type ChunkIndexFactory } from '../chunk-index.conformance.ts';
import { filterConformance } from '../filter.conformance.ts';
import { recallConformance } from '../recall.conformance.ts';
import { typedFiltersConformance } from '../typed-filters.conformance.ts';
import { openPgvectorChunkIndex } from './pgvector-chunk-index.ts';

if (testServerUrl === undefined) {
  describe.skip('pgvector as a chunk index: skipped, set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17 with pgvector', () =>
    undefined);
} else {
  const factory = (): ChunkIndexFactory => {
    let opened: TestDatabase;
    return {
      open: async () => {
        opened = await openTestDatabase('postgres');
        return openPgvectorChunkIndex({ database: opened.database });
      },
      cleanUp: () => opened.drop(),
    };
  };
  chunkIndexConformance('pgvector', factory());
  filterConformance('pgvector', factory());
  recallConformance('pgvector', factory());
  typedFiltersConformance('pgvector', factory());
}
