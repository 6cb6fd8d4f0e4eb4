import { hash, randomFillSync } from 'node:crypto';
import { parse, stringify, v7, validate } from 'uuid';

/** Namespace of chunk ids (RFC 9562 §5.5); fixed for ever: changing it would orphan every index. */
const CHUNK_NAMESPACE = parse('7b1c0f0e-6d0f-5c63-9f0e-0b3a5c6f4d21');

/** A new UUIDv7 (RFC 9562): sorts by time of creation. Injected wherever a test needs to know the id. */
export type NewId = () => string;

/** The default {@link NewId}. */
export const newId: NewId = () => v7({ random: nextRandom(), ...nextPlace(Date.now()) });

/** Random bytes are taken from the system for so many ids at once: asking takes half a millisecond where the machine is busy. */
const IDS_AT_ONCE = 256;
const RANDOM_BYTES = 16;
const pool = new Uint8Array(IDS_AT_ONCE * RANDOM_BYTES);
let taken = pool.length;
let place = { msecs: 0, seq: 0 };

/** Sixteen random bytes that nobody had before. */
function nextRandom(): Uint8Array {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += RANDOM_BYTES;
  return pool.slice(taken - RANDOM_BYTES, taken);
}

/** The time and the number within it: in one millisecond numbers go up, and a clock that goes back is not followed. */
function nextPlace(now: number): { readonly msecs: number; readonly seq: number } {
  if (now > place.msecs) {
    const random = nextRandom();
    // Half of the room is left to go up in.
    place = { msecs: now, seq: new DataView(random.buffer).getUint32(0) >>> 1 };
  } else if (place.seq === 0xffff_ffff) place = { msecs: place.msecs + 1, seq: 0 };
  else place = { msecs: place.msecs, seq: place.seq + 1 };
  return place;
}

/** Whether the text is a UUID of any version. */
export function isId(text: string): boolean {
  return validate(text);
}

/**
 * The id of a chunk: the same version cut by the same chunker at the same place always gets the same id,
 * so that writing it twice is writing it once.
 * @param versionId UUID of the document version
 * @param chunker name and revision of the chunker, for example `structural@1`
 * @param ordinal 0-based position of the chunk in the version
 */
export function chunkIdOf(versionId: string, chunker: string, ordinal: number): string {
  return nameBased(`${versionId}/${chunker}/${ordinal}`, CHUNK_NAMESPACE);
}

/** UUIDv5 (RFC 9562 §5.5), hashed in one call: a third of the time of the library's, which ingestion takes for every chunk. */
function nameBased(name: string, namespace: Uint8Array): string {
  const bytes = hash('sha1', Buffer.concat([namespace, Buffer.from(name)]), 'buffer').subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return stringify(bytes);
}
