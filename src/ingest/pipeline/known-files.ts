import { deletedAmong, type Place } from '../documents/deletions.ts';
import type { IngestServices } from '../services.ts';
import type { SourceItem } from '../sources/index.ts';

/** What must be done with a file a source offers. */
export type FileVerdict = 'read' | 'unchanged' | 'deleted-by-person';

/** Decides per file, by one query, whether it must be read. Files that failed before and did not change stay aside. */
export async function judgeFiles(
  services: IngestServices,
  place: Place,
  given: { readonly items: readonly SourceItem[]; readonly force: boolean },
): Promise<FileVerdict[]> {
  const externalIds = given.items.map((item) => item.externalId);
  return await services.database.withTenant(place.context, async (tx) => {
    const rows = await tx.query<{ externalId: string; state: string | null }>(
      `select external_id as "externalId", source_state as state from documents
        where collection_id = $1 and external_id = any($2::text[])
       union all
       select external_id, source_state from quarantine
        where collection_id = $1 and external_id = any($2::text[])`,
      [place.collection.id, externalIds],
    );
    const states = new Map(rows.map((row) => [row.externalId, row.state]));
    const deleted = await deletedAmong(tx, place, externalIds);
    return given.items.map((item) => {
      if (deleted.has(item.externalId)) return 'deleted-by-person';
      if (!given.force && states.get(item.externalId) === item.state) return 'unchanged';
      return 'read';
    });
  });
}
