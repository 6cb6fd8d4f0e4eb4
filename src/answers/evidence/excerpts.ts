import type { TenantContext } from '../../base/index.ts';
import type { Blobs } from '../../store/index.ts';

/** A stretch of a canonical text. */
export interface Stretch {
  /** SHA-256 in hex of the text as UTF-8. */
  readonly textSha256: string;
  /** Half-open, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Where every so many code units of a text begin in its UTF-8; both ascending, the text's lengths last. */
interface Places {
  readonly units: Uint32Array;
  readonly bytes: Uint32Array;
}

/** Code units between two places that are known: 4 bytes of memory per 256 of text. */
const STEP = 2_048;
/** Bytes of places kept: those of about a gigabyte of text. */
const MAX_BYTES = 4 << 20;

/**
 * Stretches of canonical texts. A text is read as a whole once, to learn where its parts begin; afterwards only the part that
 * is asked for is read, so that ten passages of ten long books cost no more than ten short notes. Keeps no words.
 */
export class Excerpts {
  readonly #blobs: Blobs;
  /** By tenant and hash; the one used last is last. */
  readonly #places = new Map<string, Places>();
  #bytes = 0;

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  /** The words of each stretch, in order. @throws PlumblineError `blob.not-found` */
  async read({ tenantId }: TenantContext, stretches: readonly Stretch[]): Promise<string[]> {
    const found = new Map<Stretch, string>();
    await Promise.all(
      [...Map.groupBy(stretches, ({ textSha256 }) => textSha256)].map(async ([sha256, ofText]) => {
        const words = await this.#ofText({ tenantId, sha256 }, ofText);
        for (const [i, stretch] of ofText.entries()) found.set(stretch, words[i] ?? '');
      }),
    );
    return stretches.map((stretch) => found.get(stretch) ?? '');
  }

  async #ofText(
    { tenantId, sha256 }: { readonly tenantId: string; readonly sha256: string },
    stretches: readonly Stretch[],
  ): Promise<string[]> {
    const key = `${tenantId}/${sha256}`;
    const places = this.#places.get(key);
    if (places === undefined) {
      const text = decodeText(await this.#blobs.get(tenantId, sha256));
      this.#keep(key, placesOf(text));
      return stretches.map(({ start, end }) => text.slice(start, end));
    }
    this.#places.delete(key);
    this.#places.set(key, places);
    return await Promise.all(
      stretches.map(async ({ start, end }) => {
        const part = partAround(places, start, end);
        return decodeText(await this.#blobs.getPart(tenantId, sha256, part)).slice(start - part.unit, end - part.unit);
      }),
    );
  }

  #keep(key: string, places: Places): void {
    this.#forget(key);
    this.#places.set(key, places);
    this.#bytes += weightOf(places);
    for (const oldest of this.#places.keys()) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const places = this.#places.get(key);
    if (places !== undefined) this.#bytes -= weightOf(places);
    this.#places.delete(key);
  }
}

function weightOf({ units, bytes }: Places): number {
  return 300 + units.byteLength + bytes.byteLength;
}

/** A canonical text from its UTF-8. Offsets count every sign that was stored, a byte order mark as well. */
export function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Never between the halves of a surrogate pair. */
function placesOf(text: string): Places {
  const parts = Math.max(1, Math.ceil(text.length / STEP));
  const [units, bytes] = [new Uint32Array(parts + 1), new Uint32Array(parts + 1)];
  for (let part = 1; part <= parts; part += 1) {
    const wanted = Math.min(text.length, part * STEP);
    const before = units[part - 1] as number;
    const unit = wanted < text.length && isSecondHalf(text.charCodeAt(wanted)) ? wanted - 1 : wanted;
    units[part] = unit;
    bytes[part] = (bytes[part - 1] as number) + Buffer.byteLength(text.slice(before, unit));
  }
  return { units, bytes };
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff;
}

/** The bytes that hold a stretch, and which code unit they begin with. */
function partAround({ units, bytes }: Places, from: number, to: number): { start: number; end: number; unit: number } {
  const last = units.length - 1;
  const first = Math.min(last, Math.floor(from / STEP));
  let end = Math.min(last, Math.ceil(to / STEP));
  // A place may be one code unit before its step.
  if ((units[end] as number) < to) end = Math.min(last, end + 1);
  return { start: bytes[first] as number, end: bytes[end] as number, unit: units[first] as number };
}
