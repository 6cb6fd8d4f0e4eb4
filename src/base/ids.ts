import { v5, v7, validate } from 'uuid';

/** Namespace of chunk ids (RFC 9562 §5.5); fixed for ever: changing it would orphan every index. */
const CHUNK_NAMESPACE = '7b1c0f0e-6d0f-5c63-9f0e-0b3a5c6f4d21';

/** A new UUIDv7 (RFC 9562): sorts by time of creation. Injected wherever a test needs to know the id. */
export type NewId = () => string;

/** The default {@link NewId}. */
export const newId: NewId = () => v7();

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
  return v5(`${versionId}/${chunker}/${ordinal}`, CHUNK_NAMESPACE);
}
