import { deletedAmong, type Place } from '../documents/deletions.ts';
import { isOutdatedParser } from '../parse/index.ts';
import type { IngestServices } from '../services.ts';
import type { SourceItem } from '../sources/index.ts';

/** What must be done with a file a source offers. */
export type FileVerdict = 'read' | 'unchanged' | 'deleted-by-person';

interface KnownFile {
  readonly externalId: string;
  readonly state: string | null;
  /** Null for a quarantined file, which no parser could read. */
  readonly parser: string | null;
}

/**
 * Decides per file, by one query, whether it must be read: when it is new or changed, or an earlier revision of its
 * parser read it. Files that failed before and did not change stay aside.
 */
export async function judgeFiles(
  services: IngestServices,
  place: Place,
  given: { readonly items: readonly SourceItem[]; readonly force: boolean },
): Promise<FileVerdict[]> {
  const externalIds = given.items.map((item) => item.externalId);
  return await services.database.withTenant(place.context, async (tx) => {
    const rows = await tx.query<KnownFile>(
      `select d.external_id as "externalId", d.source_state as state, v.parser
         from documents d join versions v on v.id = d.version_id
        where d.collection_id = $1 and d.external_id = any($2::text[])
       union all
       select external_id, source_state, null from quarantine
        where collection_id = $1 and external_id = any($2::text[])`,
      [place.collection.id, externalIds],
      { keepPlan: true },
    );
    const known = new Map(rows.map((row) => [row.externalId, row])); // a quarantined file's row comes last and wins
    const deleted = await deletedAmong(tx, place, externalIds);
    return given.items.map((item) => {
      if (deleted.has(item.externalId)) return 'deleted-by-person';
      return given.force || mustRead(known.get(item.externalId), item) ? 'read' : 'unchanged';
    });
  });
}

function mustRead(known: KnownFile | undefined, item: SourceItem): boolean {
  if (known === undefined || known.state !== item.state) return true;
  return known.parser !== null && isOutdatedParser(known.parser);
}
