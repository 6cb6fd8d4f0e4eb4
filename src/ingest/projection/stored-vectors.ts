import type { TenantContext } from '../../base/index.ts';
import { binaryArray, type Database } from '../../store/index.ts';

/** Vectors already known for these texts, by embedding key (hex). */
export async function storedVectors(
  database: Database,
  context: TenantContext,
  wanted: { readonly embedderId: string; readonly keys: readonly string[] },
): Promise<Map<string, Float32Array>> {
  const rows = await database.readTenant<{ key: string; vector: Uint8Array }>(
    context,
    `select encode(embedding_key, 'hex') as key, vector from embeddings
      where embedder_id = $1 and embedding_key = any($2::bytea[])`,
    [wanted.embedderId, binaryArray('bytea', wanted.keys)],
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

/**
 * SQL: keeps vectors of chunks among those of a preceding `with`.
 * @param among its name
 * @param first number of the first of the {@link keepingParameters}
 */
export const KEEP_VECTORS = (among: string, first: number): string => `
insert into embeddings (tenant_id, embedder_id, embedding_key, vector)
select $${first}::uuid, $${first + 1}, k,
       substring($${first + 3}::bytea from ((n - 1) * $${first + 4}::int + 1)::int for $${first + 4}::int)
  from unnest($${first + 2}::bytea[], $${first + 5}::uuid[]) with ordinality as made(k, chunk, n)
 where chunk in (select id from ${among})
    on conflict do nothing`;

/** Parameters of {@link KEEP_VECTORS}, in order. */
export function keepingParameters(context: TenantContext, made: MadeVectors): unknown[] {
  const [first] = made.vectors.values();
  const dimensions = first?.length ?? 0;
  const packed = new Float16Array(dimensions * made.vectors.size);
  let offset = 0;
  for (const vector of made.vectors.values()) {
    packed.set(vector, offset);
    offset += dimensions;
  }
  const keys = binaryArray('bytea', [...made.vectors.keys()]);
  const chunkIds = binaryArray('uuid', made.chunkIds);
  return [context.tenantId, made.embedderId, keys, new Uint8Array(packed.buffer), dimensions * 2, chunkIds];
}

/** Holds the chunks, so that a deletion waits and then finds the vector. */
const KEEP = `with held as (select id from chunks where id = any($6::uuid[]) for key share) ${KEEP_VECTORS('held', 1)}`;

/** Keeps vectors by embedding key, so that the same text is never embedded twice. */
export async function storeVectors(database: Database, context: TenantContext, made: MadeVectors): Promise<void> {
  if (made.vectors.size === 0) return;
  await database.withTenant(context, (tx) => tx.query(KEEP, keepingParameters(context, made)));
}

/** Float16 bytes back to unit length in float32. */
function unpack(bytes: Uint8Array): Float32Array {
  const copy = bytes.slice();
  const vector = Float32Array.from(new Float16Array(copy.buffer));
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  if (squares === 0) return vector;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * scale;
  return vector;
}
