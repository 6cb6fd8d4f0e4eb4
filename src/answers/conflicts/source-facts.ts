import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';
import type { ConflictSide } from './conflict.ts';

/** What is known of a version that speaks for or against it. */
export type SourceFacts = Pick<ConflictSide, 'recordedAt' | 'authority' | 'provenance'>;

interface Row {
  versionId: string;
  recordedAt: Date;
  authority: string | null;
  provenance: ConflictSide['provenance'] | null;
}

const QUERY = `
select v.id as "versionId", v.recorded_at as "recordedAt", d.metadata->>'authority' as authority, s.kind as provenance
  from versions v join documents d on d.id = v.document_id left join sources s on s.id = d.source_id
 where v.id = any($1::uuid[])`;

/** Facts of versions by their id. */
export async function sourceFacts(
  database: Database,
  context: TenantContext,
  versionIds: readonly string[],
): Promise<Map<string, SourceFacts>> {
  if (versionIds.length === 0) return new Map();
  const rows = await database.withTenant(context, (tx) => tx.query<Row>(QUERY, [[...versionIds]]));
  return new Map(
    rows.map(({ versionId, recordedAt, authority, provenance }) => [
      versionId,
      {
        recordedAt: recordedAt.toISOString(),
        authority: numberOf(authority),
        provenance: provenance ?? 'upload',
      },
    ]),
  );
}

/** `authority` in a document's metadata: a number, higher weighs more. What is no number counts 0. */
function numberOf(authority: string | null): number {
  const value = Number(authority ?? 0);
  return Number.isFinite(value) ? value : 0;
}
