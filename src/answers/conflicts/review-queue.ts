import { isId, type NewId, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Answer, Citation } from '../answer.ts';
import type { Conflict } from './conflict.ts';

/** A conflict as it waits for the owners of its documents. */
export interface ConflictEntry extends Conflict {
  readonly id: string;
  readonly collectionId: string;
  /** What its sides point at. */
  readonly citations: readonly Citation[];
  /** The question it was met with first. */
  readonly question: string;
  readonly state: 'open' | 'resolved';
  /** What the owners decided; null while open. */
  readonly resolution: string | null;
  /** Answers it was met in. */
  readonly times: number;
  /** ISO 8601 UTC. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** No conflict has this id, or not for this reader. */
class ConflictNotFound extends PlumblineError {
  constructor(id: string) {
    super({
      code: 'conflict.not-found',
      kind: 'caller',
      message: `No conflict has the id ${JSON.stringify(id)}, or you may not read what it is about. \`plumb conflicts list\` shows them.`,
      details: { id },
    });
  }
}

const KEEP = `
insert into answer_conflicts (tenant_id, id, collection_id, key, body, document_ids, state, times, first_seen_at, last_seen_at)
values ($1, $2, $3, $4, $5::jsonb, $6::uuid[], 'open', 1, $7, $7)
on conflict (tenant_id, collection_id, key)
do update set times = answer_conflicts.times + 1, last_seen_at = excluded.last_seen_at`;

/** Puts an answer's conflicts into the queue; one that is there is counted, and stays resolved when it was. */
export async function keepConflicts(
  tx: Transaction,
  context: TenantContext,
  given: { readonly answer: Answer; readonly collectionId: string; readonly newId: NewId },
): Promise<void> {
  const { answer, collectionId, newId } = given;
  for (const conflict of answer.conflicts) {
    const cited = conflict.sides.map(({ citation }) => answer.citations[citation] as Citation);
    const sides = conflict.sides.map((side, i) => ({ ...side, citation: i }));
    const body = JSON.stringify({ sides, reason: conflict.reason, citations: cited, question: answer.question });
    const documentIds = [...new Set(cited.map(({ documentId }) => documentId))];
    const values = [
      context.tenantId,
      newId(),
      collectionId,
      conflict.key,
      body,
      documentIds,
      new Date(answer.createdAt),
    ];
    await tx.query(KEEP, values);
  }
}

interface Row {
  id: string;
  collectionId: string;
  key: string;
  body: Pick<ConflictEntry, 'sides' | 'reason' | 'citations' | 'question'>;
  state: ConflictEntry['state'];
  resolution: string | null;
  times: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

const COLUMNS = `
c.id, c.collection_id as "collectionId", c.key, c.body, c.state, c.resolution, c.times,
c.first_seen_at as "firstSeenAt", c.last_seen_at as "lastSeenAt"`;

/** All of its documents exist and may be read. */
const READABLE = `
(select count(*) from documents d where d.id = any(c.document_ids) and d.acl && $1::text[]) = cardinality(c.document_ids)`;

const LIST = `
select ${COLUMNS} from answer_conflicts c
 where ${READABLE} and ($2::text is null or c.state = $2) and ($3::uuid is null or c.id < $3)
 order by c.id desc limit $4`;

/** Which conflicts. */
export interface ConflictQuery {
  /** Null: both. */
  readonly state: ConflictEntry['state'] | null;
  /** Id of the last one of the page before; null: the first page. */
  readonly before: string | null;
  /** 1…200. */
  readonly limit: number;
}

/** Conflicts met in answers, newest first; those about documents the reader may not read are left out. */
export async function listConflicts(
  database: Database,
  context: TenantContext,
  { state, before, limit }: ConflictQuery,
): Promise<ConflictEntry[]> {
  const values = [context.groups, state, before, limit];
  const rows = await database.withTenant(context, (tx) => tx.query<Row>(LIST, values));
  return rows.map(entryOf);
}

const RESOLVE = `
update answer_conflicts c set state = 'resolved', resolution = $3 where ${READABLE} and c.id = $2 returning ${COLUMNS}`;

/**
 * Notes what the owners decided. The documents are theirs to mend; the conflict goes on being shown while they disagree.
 * @throws PlumblineError `conflict.not-found`
 */
export async function resolveConflict(
  database: Database,
  context: TenantContext,
  given: { readonly id: string; readonly resolution: string },
): Promise<ConflictEntry> {
  if (!isId(given.id)) throw new ConflictNotFound(given.id);
  const values = [context.groups, given.id, given.resolution];
  const [row] = await database.withTenant(context, (tx) => tx.query<Row>(RESOLVE, values));
  if (row === undefined) throw new ConflictNotFound(given.id);
  return entryOf(row);
}

function entryOf({ body, firstSeenAt, lastSeenAt, ...row }: Row): ConflictEntry {
  return { ...row, ...body, firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
}
