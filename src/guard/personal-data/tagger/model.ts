import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { mayFollow, TAGS } from './crf.ts';
import { ROWS } from './features.ts';

/** What training leaves: models/personal-data/README.md says how it was made. */
export interface TaggerModel {
  /** Words that say what is around them, folded, with their numbers from 1 on. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** [row × TAGS + tag]. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly scale: number;
  /** exp of the weights of one tag after another, [previous × TAGS + tag]; row TAGS is the beginning; 0 = never. */
  readonly transitions: Float64Array;
}

/** The part of the model that is text. */
export interface TaggerHeader {
  readonly scale: number;
  /** Logarithms, [previous × TAGS + tag]. */
  readonly transitions: readonly number[];
  readonly vocabulary: readonly string[];
}

const folder = new URL('../../../../models/personal-data/', import.meta.url);

const header = new URL('tagger.json', folder);
const weights = new URL('tagger.bin', folder);

let model: TaggerModel | undefined;

/** The model that is shipped, read from disk at the first call. */
export function taggerModel(): TaggerModel {
  return (model ??= buildModel(readFileSync(header, 'utf8'), readFileSync(weights)));
}

/** Reads it without holding up the event loop, so that {@link taggerModel} has it. */
export async function loadTaggerModel(): Promise<void> {
  if (model === undefined) model = buildModel(await readFile(header, 'utf8'), await readFile(weights));
}

/** @throws RangeError when the weights are not of this version's size */
function buildModel(json: string, bytes: Uint8Array): TaggerModel {
  const { scale, transitions, vocabulary } = JSON.parse(json) as TaggerHeader;
  if (bytes.length !== ROWS * TAGS || transitions.length !== (TAGS + 1) * TAGS) {
    throw new RangeError(
      `models/personal-data/tagger.bin has ${bytes.length} weights, wanted ${ROWS * TAGS}. Train it again: npm run bench -- pii --train.`,
    );
  }
  return {
    vocabulary: new Map(vocabulary.map((word, index) => [word, index + 1])),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    scale,
    transitions: allowedTransitions(transitions),
  };
}

/** exp of the logarithms, 0 where a tag may not follow. */
export function allowedTransitions(logarithms: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: (TAGS + 1) * TAGS }, (_, index) => {
    const [previous, tag] = [Math.floor(index / TAGS), index % TAGS];
    return mayFollow(previous === TAGS ? 0 : previous, tag) ? Math.exp(logarithms[index] ?? 0) : 0;
  });
}
