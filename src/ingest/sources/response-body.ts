import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { PlumblineError } from '../../base/index.ts';
import type { Deadline } from './deadline.ts';
import { unreachable } from './http-get.ts';
import { SourceTooLarge } from './source-error.ts';
import { withoutCredentials } from './web-address.ts';

/** What `Accept-Encoding` says and {@link readBody} can undo. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Caps on one body. */
export interface BodyLimits {
  readonly url: URL;
  /** Counted as sent and again after decompression. */
  readonly maxBytes: number;
  /** Longest silence. */
  readonly idleMs: number;
}

/**
 * The response's body, decompressed. A small body that swells (gzip bomb) is cut off as soon as it passes the cap; it is
 * never decompressed whole.
 * @throws SourceTooLarge, SourceTimedOut, SourceUnreachable when it breaks off or uses an encoding we did not offer
 */
export async function readBody(
  response: IncomingMessage,
  limits: BodyLimits,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(response.headers['content-length'] ?? 0);
  const name = withoutCredentials(limits.url);
  if (declared > limits.maxBytes) {
    response.destroy();
    throw new SourceTooLarge(name, declared, limits.maxBytes);
  }
  const idle = deadline.idleTimer('waiting for more of it', limits.idleMs);
  const parts: Uint8Array[] = [];
  const asSent = capped(name, limits.maxBytes, () => idle.feed());
  const asRead = capped(name, limits.maxBytes, (part) => parts.push(part));
  asRead.resume();
  try {
    const decoder = decoderOf(response);
    if (decoder === null) await pipeline(response, asSent, asRead, { signal: deadline.signal });
    else await pipeline(response, asSent, decoder, asRead, { signal: deadline.signal });
  } catch (error) {
    response.destroy();
    if (deadline.signal.aborted) throw deadline.signal.reason;
    throw error instanceof PlumblineError ? error : unreachable(limits.url, error);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Passes nothing on when it ends a pipeline: `see` gets every part. */
function capped(name: string, maxBytes: number, see: (part: Uint8Array) => void): Transform {
  let seen = 0;
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      seen += part.length;
      if (seen > maxBytes) return done(new SourceTooLarge(name, null, maxBytes));
      see(part);
      done(null, part);
    },
  });
}

function decoderOf(response: IncomingMessage): Transform | null {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  if (encoding === 'br') return createBrotliDecompress();
  throw new Error(`its content encoding “${encoding.slice(0, 40)}” is not one of ${ACCEPTED_ENCODINGS}`);
}
