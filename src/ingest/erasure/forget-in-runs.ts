import type { Transaction } from '../../store/index.ts';
import { printableName } from '../sources/index.ts';

/** A document by its place. */
interface NamedDocument {
  readonly collectionId: string;
  readonly externalId: string;
}

/**
 * Takes a document's name out of what passes reported, and forgets a source that was nothing but this document (a single
 * file or address) when no pass over it goes on.
 */
export async function forgetInRuns(tx: Transaction, document: NamedDocument): Promise<void> {
  const { collectionId, externalId } = document;
  await tx.query(
    `update ingest_runs r
        set report = jsonb_set(report, '{remarks}', coalesce(
              (select jsonb_agg(m) from jsonb_array_elements(report->'remarks') as m
                where m->>'externalId' <> all ($2::text[])), '[]'::jsonb))
      where r.collection_id = $1
        and exists (select from jsonb_array_elements(report->'remarks') as m where m->>'externalId' = any ($2::text[]))`,
    [collectionId, [externalId, printableName(externalId)]],
  );
  await tx.query(
    `with gone as (
       delete from sources s where s.collection_id = $1 and s.kind <> 'folder'
          and (s.root = $2 or s.root like '%/' || replace(replace(replace($2, '\\', '\\\\'), '%', '\\%'), '_', '\\_'))
          and not exists (select from documents d where d.source_id = s.id and d.external_id <> $2)
       returning id)
     delete from ingest_runs where source_id in (select id from gone)`,
    [collectionId, externalId],
  );
}
