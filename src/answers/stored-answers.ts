import { eq } from 'drizzle-orm';
import { isId, type NewId, PlumblineError, type TenantContext } from '../base/index.ts';
import { answers, type Database, type Transaction } from '../store/index.ts';
import type { Answer } from './answer.ts';
import { keepConflicts } from './conflicts/review-queue.ts';

/** No answer has this id, or not for this reader. */
export class AnswerNotFound extends PlumblineError {
  constructor(id: string) {
    super({
      code: 'answer.not-found',
      kind: 'caller',
      message: `No answer has the id ${JSON.stringify(id)}. It may have cited a document that was deleted since.`,
      details: { id },
    });
  }
}

/** A document that was read for an answer was deleted before the answer was stored. */
export class AnswerOutdated extends PlumblineError {
  constructor() {
    super({
      code: 'answer.outdated',
      kind: 'retry',
      message: 'A document was deleted while the answer was being made. Ask again.',
    });
  }
}

const HOLD_DOCUMENTS = 'select id from documents where id = any($1::uuid[]) for key share';
/**
 * Holds chunks until the transaction ends, since deleting a document deletes its chunks first, then the answers that show it. Stores
 * nothing when one of them is gone.
 */
const STORE = `
with held as (select id from chunks where id = any($8::uuid[]) for key share)
insert into answers (tenant_id, id, collection_id, question, body, document_ids, created_at)
select $1::uuid, $2::uuid, $3::uuid, $4, $5::jsonb, $6::uuid[], $7::timestamptz
 where (select count(*) from held) = cardinality($8::uuid[])
returning id`;

/**
 * Keeps an answer as it was given, with the documents it shows: deleting one of them deletes it. Its conflicts go into the
 * review queue.
 * @returns ids of the documents it shows
 * @throws AnswerOutdated
 */
export async function storeAnswer(
  tx: Transaction,
  context: TenantContext,
  given: { readonly answer: Answer; readonly collectionId: string; readonly newId: NewId },
): Promise<readonly string[]> {
  const { answer } = given;
  const documentIds = new Set([
    ...answer.citations.map((citation) => citation.documentId),
    ...answer.nearest.map((citation) => citation.documentId),
    ...answer.candidates.map((candidate) => candidate.documentId),
  ]);
  const chunkIds = answer.candidates.map((candidate) => candidate.chunkId);
  if (chunkIds.length === 0 && documentIds.size > 0) {
    const documents = await tx.query(HOLD_DOCUMENTS, [[...documentIds]]);
    if (documents.length < documentIds.size) throw new AnswerOutdated();
  }
  const { id, question } = answer;
  const body = JSON.stringify(answer);
  const values = [
    context.tenantId,
    id,
    given.collectionId,
    question,
    body,
    [...documentIds],
    new Date(answer.createdAt),
    chunkIds,
  ];
  const stored = await tx.query(STORE, values, { keepPlan: true });
  if (stored.length === 0) throw new AnswerOutdated();
  await keepConflicts(tx, context, given);
  return [...documentIds];
}

/**
 * An answer as it was given, for a reader who may read everything it shows.
 * @throws PlumblineError `answer.not-found`
 */
export async function findAnswer(database: Database, context: TenantContext, id: string): Promise<Answer> {
  if (!isId(id)) throw new AnswerNotFound(id);
  return await database.withTenant(context, async (tx) => {
    const [row] = await tx.orm
      .select({ body: answers.body, documentIds: answers.documentIds })
      .from(answers)
      .where(eq(answers.id, id));
    if (row === undefined) throw new AnswerNotFound(id);
    const [hidden] = await tx.query(
      'select 1 from documents where id = any($1::uuid[]) and not (acl && $2::text[]) limit 1',
      [row.documentIds, context.groups],
    );
    if (hidden !== undefined) throw new AnswerNotFound(id);
    return row.body as Answer;
  });
}
