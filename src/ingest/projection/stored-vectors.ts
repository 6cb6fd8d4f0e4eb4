import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** Vectors already known for these texts, by embedding key (hex). */
export async function storedVectors(
  database: Database,
  context: TenantContext,
  wanted: { readonly embedderId: string; readonly keys: readonly string[] },
): Promise<Map<string, Float32Array>> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query<{ key: string; vector: Uint8Array }>(
      `select encode(embedding_key, 'hex') as key, vector from embeddings
        where embedder_id = $1 and embedding_key = any($2::bytea[])`,
      [wanted.embedderId, wanted.keys.map((key) => Buffer.from(key, 'hex'))],
    ),
  );
  return new Map(rows.map((row) => [row.key, unpack(row.vector)]));
}

/** Vectors just made. */
export interface MadeVectors {
  readonly embedderId: string;
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** For each vector a chunk it was made for, in the same order: of a chunk deleted meanwhile nothing is kept. */
  readonly chunkIds: readonly string[];
}

/** Holds the chunks, so that a deletion waits and then finds the vector. */
const KEEP = `
with kept as (select id from chunks where id = any($6::uuid[]) for key share)
insert into embeddings (tenant_id, embedder_id, embedding_key, vector)
select $1::uuid, $2, decode(k, 'hex'), substring($4::bytea from ((n - 1) * $5::int + 1)::int for $5::int)
  from unnest($3::text[], $6::uuid[]) with ordinality as made(k, chunk, n)
 where chunk in (select id from kept)
    on conflict do nothing`;

/** Keeps vectors by embedding key, so that the same text is never embedded twice. */
export async function storeVectors(database: Database, context: TenantContext, made: MadeVectors): Promise<void> {
  const [first] = made.vectors.values();
  if (first === undefined) return;
  const packed = new Float16Array(first.length * made.vectors.size);
  let offset = 0;
  for (const vector of made.vectors.values()) {
    packed.set(vector, offset);
    offset += first.length;
  }
  const keys = [...made.vectors.keys()];
  const bytes = new Uint8Array(packed.buffer);
  const parameters = [context.tenantId, made.embedderId, keys, bytes, first.length * 2, made.chunkIds];
  await database.withTenant(context, (tx) => tx.query(KEEP, parameters));
}

/** Float16 bytes back to unit length in float32. */
function unpack(bytes: Uint8Array): Float32Array {
  const copy = bytes.slice();
  const vector = Float32Array.from(new Float16Array(copy.buffer));
  const norm = Math.hypot(...vector);
  if (norm > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / norm;
  return vector;
}
