import type { TenantContext } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { CachedReply, CallUsage } from '../door/ports.ts';

/** A reply as its row holds it. */
export interface ReplyRow {
  readonly key: Uint8Array;
  readonly reply: CachedReply;
  /** What a paraphrase is found by; null: exact hits only. */
  readonly paraphrase: ParaphraseFields | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Columns of a reply that paraphrases may find. */
export interface ParaphraseFields {
  readonly scope: Uint8Array;
  readonly question: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

interface StoredReply {
  readonly text: string;
  readonly usage: Omit<CallUsage, 'costNanoUsd'> & { readonly costNanoUsd: string };
}

/** The reply kept under the key that has not expired; null: none. */
export async function findReply(
  tx: Transaction,
  key: Uint8Array,
  now: number,
): Promise<Omit<CachedReply, 'hit'> | null> {
  const [row] = await tx.query<{ reply: StoredReply }>(
    'select reply from reply_cache where key = $1 and expires_at > $2',
    [key, new Date(now)],
  );
  if (row === undefined) return null;
  const { text, usage } = row.reply;
  return { text, usage: { ...usage, costNanoUsd: BigInt(usage.costNanoUsd) } };
}

/** Questions of one scope that are looked through at most, the latest first. */
const MOST_COMPARED = 500;

/** Kept questions of a scope, nearest first: those whose cosine to the vector is at least `threshold`. */
export async function nearestQuestions(
  tx: Transaction,
  asked: {
    readonly scope: Uint8Array;
    readonly vector: Float32Array;
    readonly threshold: number;
    readonly now: number;
  },
): Promise<{ readonly key: Uint8Array; readonly question: string; readonly cosine: number }[]> {
  const rows = await tx.query<{ key: Uint8Array; question: string; vector: Uint8Array }>(
    `select key, question, vector from reply_cache
      where scope = $1 and expires_at > $2 order by created_at desc limit ${MOST_COMPARED}`,
    [asked.scope, new Date(asked.now)],
  );
  return rows
    .map(({ key, question, vector }) => ({ key, question, cosine: cosine(unpacked(vector), asked.vector) }))
    .filter((row) => row.cosine >= asked.threshold)
    .sort((a, b) => b.cosine - a.cosine);
}

/** Keeps a reply in the place of an older one under the same key. */
export async function writeReply(tx: Transaction, context: TenantContext, row: ReplyRow): Promise<void> {
  const { text, usage } = row.reply;
  const stored: StoredReply = { text, usage: { ...usage, costNanoUsd: usage.costNanoUsd.toString() } };
  await tx.query(
    `insert into reply_cache (tenant_id, key, reply, bytes, scope, question, vector, created_at, expires_at)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, key) do update
        set reply = excluded.reply, bytes = excluded.bytes, scope = excluded.scope, question = excluded.question,
            vector = excluded.vector, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    [
      context.tenantId,
      row.key,
      JSON.stringify(stored),
      bytesOf(row),
      row.paraphrase?.scope ?? null,
      row.paraphrase?.question ?? null,
      row.paraphrase === null ? null : packed(row.paraphrase.vector),
      new Date(row.createdAt),
      new Date(row.expiresAt),
    ],
  );
}

/** What a row weighs, about. */
export function bytesOf({ reply, paraphrase }: Pick<ReplyRow, 'reply' | 'paraphrase'>): number {
  const ofParaphrase = paraphrase === null ? 0 : Buffer.byteLength(paraphrase.question) + 2 * paraphrase.vector.length;
  return ROW_BYTES + Buffer.byteLength(reply.text) + ofParaphrase;
}

/** Keys, instants and usage of a row. */
const ROW_BYTES = 300;

/** Removes what has expired, then the oldest until what is left fits. @returns how many went for want of room */
export async function trimReplies(
  tx: Transaction,
  limits: { readonly now: number; readonly maxBytes: number },
): Promise<number> {
  await tx.query('delete from reply_cache where expires_at <= $1', [new Date(limits.now)]);
  const evicted = await tx.query(
    `delete from reply_cache where key in (
       select key from (select key, sum(bytes) over (order by created_at desc, key) as kept from reply_cache) as aged
        where kept > $1) returning 1`,
    [limits.maxBytes],
  );
  return evicted.length;
}

/** Float16, little-endian. */
function packed(vector: Float32Array): Uint8Array {
  return new Uint8Array(new Float16Array(vector).buffer);
}

function unpacked(bytes: Uint8Array): Float16Array {
  return new Float16Array(bytes.slice().buffer);
}

/** Of vectors of unit length, but for what float16 rounds away. */
function cosine(a: Float16Array, b: Float32Array): number {
  if (a.length !== b.length) return -1;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
