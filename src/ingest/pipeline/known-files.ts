import { DELETED_AMONG, type Place } from '../documents/deletions.ts';
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
  readonly deleted: boolean;
}

const KNOWN = `
select d.external_id as "externalId", d.source_state as state, v.parser, false as deleted
  from documents d join versions v on v.id = d.version_id
 where d.collection_id = $1 and d.external_id = any($2::text[])
union all
select external_id, source_state, null, false from quarantine
 where collection_id = $1 and external_id = any($2::text[])
union all
select "externalId", null, null, true from (${DELETED_AMONG}) as deleted`;

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
  const rows = await services.database.readTenant<KnownFile>(place.context, KNOWN, [place.collection.id, externalIds]);
  const known = new Map(rows.toSorted((a, b) => weight(a) - weight(b)).map((row) => [row.externalId, row]));
  return given.items.map((item) => {
    const found = known.get(item.externalId);
    if (found?.deleted === true) return 'deleted-by-person';
    return given.force || mustRead(found, item) ? 'read' : 'unchanged';
  });
}

/** Of several rows for one file the heaviest counts: that a person deleted it, then that it is in quarantine. */
function weight({ deleted, parser }: KnownFile): number {
  if (deleted) return 2;
  return parser === null ? 1 : 0;
}

function mustRead(known: KnownFile | undefined, item: SourceItem): boolean {
  if (known === undefined || known.state !== item.state) return true;
  return known.parser !== null && isOutdatedParser(known.parser);
}
