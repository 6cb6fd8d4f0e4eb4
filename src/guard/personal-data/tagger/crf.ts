/**
 * The kinds that the tagger tells apart, in the order of its tags. A piece of an address (a field on a line of its own) is told
 * apart from a whole one, because where the whole goes on over commas and lines, the piece ends.
 */
export const taggedTypes = ['person', 'location', 'organisation', 'street-address', 'address-piece'] as const;

/** Tags: 0 outside, then for each kind one for its first word and one for the words after it. */
export const TAGS = 1 + 2 * taggedTypes.length;

/** Whether a tag can follow another: the inside of a kind only its beginning or its inside. */
export function mayFollow(previous: number, tag: number): boolean {
  const inside = tag > 0 && tag % 2 === 0;
  return !inside || previous === tag || previous === tag - 1;
}

/** Probabilities of the tags of a sequence under a linear-chain conditional random field. */
export interface Lattice {
  /** [token × TAGS + tag], each row sums to 1. */
  readonly marginals: Float64Array;
  /** Logarithm of the sum over all sequences, less the largest scores that were taken out. */
  readonly logZ: number;
  /** Scaled forward and backward values, [token × TAGS + tag]. */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  /** exp(emission − largest of the token), [token × TAGS + tag]. */
  readonly potentials: Float64Array;
}

/**
 * Forward-backward (Lafferty, McCallum and Pereira 2001), scaled token by token so that nothing underflows.
 * @param emissions [token × TAGS + tag], logarithms
 * @param transitions exp of the weights, [previous × TAGS + tag]; row TAGS is the beginning
 */
export function forwardBackward(emissions: Float64Array, transitions: Float64Array): Lattice {
  const length = emissions.length / TAGS;
  const potentials = new Float64Array(emissions.length);
  let logZ = 0;
  for (let token = 0; token < length; token++) logZ += exponentials(emissions, potentials, token * TAGS);
  const forward = new Float64Array(emissions.length);
  for (let token = 0; token < length; token++)
    logZ += Math.log(stepForward(forward, { potentials, transitions, token }));
  const backward = new Float64Array(emissions.length).fill(1);
  const marginals = new Float64Array(emissions.length);
  for (let token = length - 1; token >= 0; token--) {
    if (token < length - 1) stepBackward(backward, { potentials, transitions, token });
    multiplyNormalised(marginals, { forward, backward, token });
  }
  return { marginals, logZ, forward, backward, potentials };
}

interface Step {
  readonly potentials: Float64Array;
  readonly transitions: Float64Array;
  readonly token: number;
}

function exponentials(emissions: Float64Array, potentials: Float64Array, row: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let tag = 0; tag < TAGS; tag++) largest = Math.max(largest, emissions[row + tag] ?? 0);
  for (let tag = 0; tag < TAGS; tag++) potentials[row + tag] = Math.exp((emissions[row + tag] ?? 0) - largest);
  return largest;
}

/** One token forward; returns the sum it was scaled by. */
function stepForward(forward: Float64Array, { potentials, transitions, token }: Step): number {
  const row = token * TAGS;
  let sum = 0;
  for (let tag = 0; tag < TAGS; tag++) {
    let reached = 0;
    if (token === 0) reached = transitions[TAGS * TAGS + tag] ?? 0;
    else
      for (let previous = 0; previous < TAGS; previous++)
        reached += (forward[row - TAGS + previous] ?? 0) * (transitions[previous * TAGS + tag] ?? 0);
    const value = reached * (potentials[row + tag] ?? 0);
    forward[row + tag] = value;
    sum += value;
  }
  for (let tag = 0; tag < TAGS; tag++) forward[row + tag] = (forward[row + tag] ?? 0) / sum;
  return sum;
}

function stepBackward(backward: Float64Array, { potentials, transitions, token }: Step): void {
  const [row, next] = [token * TAGS, (token + 1) * TAGS];
  let sum = 0;
  for (let tag = 0; tag < TAGS; tag++) {
    let value = 0;
    for (let after = 0; after < TAGS; after++)
      value += (transitions[tag * TAGS + after] ?? 0) * (potentials[next + after] ?? 0) * (backward[next + after] ?? 0);
    backward[row + tag] = value;
    sum += value;
  }
  for (let tag = 0; tag < TAGS; tag++) backward[row + tag] = (backward[row + tag] ?? 0) / sum;
}

function multiplyNormalised(
  marginals: Float64Array,
  lattice: { readonly forward: Float64Array; readonly backward: Float64Array; readonly token: number },
): void {
  const row = lattice.token * TAGS;
  let sum = 0;
  for (let at = row; at < row + TAGS; at++)
    sum += marginals[at] = (lattice.forward[at] ?? 0) * (lattice.backward[at] ?? 0);
  for (let at = row; at < row + TAGS; at++) marginals[at] = (marginals[at] ?? 0) / sum;
}

/** A run of tokens of one kind. */
export interface TaggedRun {
  readonly from: number;
  /** One past the last token. */
  readonly to: number;
  readonly type: (typeof taggedTypes)[number];
  /** Mean probability of its tokens' kind, 0…1. */
  readonly probability: number;
}

/** The runs of the likeliest sequence (Viterbi over the potentials). */
export function likeliestRuns({ potentials, marginals }: Lattice, transitions: Float64Array): TaggedRun[] {
  const path = likeliestTags(potentials, transitions);
  const runs: TaggedRun[] = [];
  for (let from = 0; from < path.length; ) {
    const tag = path[from] ?? 0;
    let to = from + 1;
    if (tag > 0) while (to < path.length && path[to] === tag + 1) to++;
    const type = tag > 0 ? taggedTypes[(tag - 1) >> 1] : undefined;
    if (type !== undefined) runs.push({ from, to, type, probability: meanProbability(marginals, { from, to, tag }) });
    from = to;
  }
  return runs;
}

function meanProbability(
  marginals: Float64Array,
  { from, to, tag }: { readonly from: number; readonly to: number; readonly tag: number },
): number {
  let sum = 0;
  for (let token = from; token < to; token++)
    sum += (marginals[token * TAGS + tag] ?? 0) + (marginals[token * TAGS + tag + 1] ?? 0);
  return sum / (to - from);
}

function likeliestTags(potentials: Float64Array, transitions: Float64Array): Uint8Array {
  const length = potentials.length / TAGS;
  const best = new Float64Array(potentials.length);
  const from = new Uint8Array(potentials.length);
  for (let token = 0; token < length; token++) {
    const row = token * TAGS;
    let largest = 0;
    for (let tag = 0; tag < TAGS; tag++) {
      const previous = token === 0 ? TAGS : bestPrevious(best, { transitions, row, tag });
      const reached =
        (token === 0 ? 1 : (best[row - TAGS + previous] ?? 0)) * (transitions[previous * TAGS + tag] ?? 0);
      from[row + tag] = previous;
      best[row + tag] = reached * (potentials[row + tag] ?? 0);
      largest = Math.max(largest, best[row + tag] ?? 0);
    }
    for (let tag = 0; tag < TAGS; tag++) best[row + tag] = (best[row + tag] ?? 0) / largest;
  }
  return walkBack(best, from);
}

/** The tag of the token before that a tag is best reached from. */
function bestPrevious(
  best: Float64Array,
  { transitions, row, tag }: { readonly transitions: Float64Array; readonly row: number; readonly tag: number },
): number {
  let [found, value] = [0, 0];
  for (let previous = 0; previous < TAGS; previous++) {
    const through = (best[row - TAGS + previous] ?? 0) * (transitions[previous * TAGS + tag] ?? 0);
    if (through > value) [found, value] = [previous, through];
  }
  return found;
}

function walkBack(best: Float64Array, from: Uint8Array): Uint8Array {
  const length = best.length / TAGS;
  const path = new Uint8Array(length);
  let tag = 0;
  for (let other = 1; other < TAGS; other++)
    if ((best[(length - 1) * TAGS + other] ?? 0) > (best[(length - 1) * TAGS + tag] ?? 0)) tag = other;
  for (let token = length - 1; token >= 0; token--) {
    path[token] = tag;
    tag = from[token * TAGS + tag] ?? 0;
  }
  return path;
}
