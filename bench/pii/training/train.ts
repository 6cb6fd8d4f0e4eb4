import { writeFile } from 'node:fs/promises';
import { findByRules } from '../../../src/guard/personal-data/find-by-rules.ts';
import { allowedTransitions, type TaggerHeader } from '../../../src/guard/personal-data/tagger/model.ts';
import { forwardBackward, type Lattice, TAGS, taggedTypes } from '../../../src/guard/personal-data/tagger/crf.ts';
import {
  MOST_FEATURES,
  ROWS,
  traitsOf,
  type Traits,
  writeFeatures,
} from '../../../src/guard/personal-data/tagger/features.ts';
import { type Token, tokenise } from '../../../src/guard/personal-data/tagger/tokens.ts';
import { fold } from '../../../src/guard/personal-data/names/lexicon.ts';
import { type Random, seeded } from '../../corpus/random.ts';
import type { Labelled, LabelledSpan } from '../labelled.ts';
import { addressWords } from './addresses.ts';
import { composeTexts, type Folding } from './compose.ts';
import { chance } from './made-up-words.ts';
import { organisationWords } from './organisations.ts';

const EPOCHS = 5;
const RATE = 0.12;
/** Strength of the pull to zero, per update of a row. */
const DECAY = 2e-6;
/** A word is one that says what is around it when it occurs so often. */
const LEAST_OCCURRENCES = 20;

interface Example {
  /** The same without what the rules found of the tagger's own kinds. */
  readonly unruled: readonly Traits[];
  readonly tokens: readonly Token[];
  readonly traits: readonly Traits[];
  readonly tags: Uint8Array;
}

/** Parameters of the field and the sums of squares of their gradients (AdaGrad; Duchi, Hazan and Singer 2011). */
class Parameters {
  readonly weights = new Float32Array(ROWS * TAGS);
  readonly transitions = new Float64Array((TAGS + 1) * TAGS);
  readonly #squares = new Float32Array(ROWS * TAGS);
  readonly #transitionSquares = new Float64Array((TAGS + 1) * TAGS);

  step(at: number, gradient: number): void {
    const squares = (this.#squares[at] ?? 0) + gradient * gradient;
    this.#squares[at] = squares;
    const weight = this.weights[at] ?? 0;
    this.weights[at] = weight + (RATE * gradient) / Math.sqrt(squares + 1e-6) - DECAY * weight;
  }

  stepTransition(at: number, gradient: number): void {
    const squares = (this.#transitionSquares[at] ?? 0) + gradient * gradient;
    this.#transitionSquares[at] = squares;
    this.transitions[at] = (this.transitions[at] ?? 0) + (RATE * gradient) / Math.sqrt(squares + 1e-6);
  }
}

/**
 * Trains the tagger of names on composed sentences and writes its files: stochastic gradient ascent on the likelihood of a
 * linear-chain conditional random field.
 * @param options `folding` leaves patterns of sentences out, for measuring on them
 */
export async function trainTagger(options: {
  readonly folder: string | URL;
  readonly count: number;
  readonly seed: number;
  readonly folding?: Folding | undefined;
}): Promise<void> {
  const random = seeded(options.seed);
  const texts = composeTexts({ count: options.count, seed: options.seed, folding: options.folding });
  const vocabulary = vocabularyOf(texts);
  const numbers = new Map(vocabulary.map((word, index) => [word, index + 1]));
  const examples = texts.map((text) => exampleOf(text, numbers));
  const parameters = new Parameters();
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    let loss = 0;
    for (const example of shuffled(examples, random)) loss += learn(parameters, example, random);
    console.log(`epoch ${epoch + 1}: loss ${(loss / examples.length).toFixed(4)} per text`);
  }
  await write(options.folder, parameters, vocabulary);
}

/** Words that occur often around what is labelled, and those that tell an address or an organisation. */
function vocabularyOf(texts: readonly Labelled[]): string[] {
  const counts = new Map<string, number>();
  for (const { text, spans } of texts)
    for (const { start, end, value } of tokenise(text)) {
      if (spans.some((span) => span.start < end && start < span.end)) continue;
      const word = fold(value);
      if (/^\p{L}|^['’]|^\n$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  const around = [...counts].filter(([, count]) => count >= LEAST_OCCURRENCES).map(([word]) => word);
  return [...new Set([...around, ...[...addressWords, ...organisationWords].map(fold)])].sort();
}

function exampleOf({ text, spans }: Labelled, vocabulary: ReadonlyMap<string, number>): Example {
  const tokens = tokenise(text);
  const rules = findByRules(text);
  const traits = traitsOf(tokens, { text, vocabulary, rules });
  const own: readonly string[] = taggedTypes;
  const unruled = traitsOf(tokens, { text, vocabulary, rules: rules.filter(({ type }) => !own.includes(type)) });
  const tags = new Uint8Array(tokens.length);
  for (const span of spans) mark(tags, tokens, span);
  return { tokens, traits, unruled, tags };
}

function mark(tags: Uint8Array, tokens: readonly Token[], { start, end, type }: LabelledSpan): void {
  const kind = taggedTypes.findIndex((known) => known === type);
  if (kind < 0) return;
  let first = true;
  for (const [index, token] of tokens.entries()) {
    if (token.start < start || token.end > end) continue;
    tags[index] = 1 + 2 * kind + (first ? 0 : 1);
    first = false;
  }
}

/** How often what the lists, the rules or the letters say of a token is kept from the learner, so that it does not rely on one of them. Percent. */
const HIDDEN = { lists: 30, rules: 35, place: 30 };

function withSomeHidden({ traits, unruled }: Example, random: Random): Traits[] {
  return (chance(random, HIDDEN.rules) ? unruled : traits).map((token) => {
    const copy = { ...token };
    if (chance(random, HIDDEN.lists)) copy.given = copy.family = 0;
    if (chance(random, HIDDEN.place)) copy.place = 0;
    if (copy.word > 0 && chance(random, 8)) copy.word = 0;
    return copy;
  });
}

/** One step up the gradient for one text; returns its loss before. */
function learn(parameters: Parameters, example: Example, random: Random): number {
  const traits = withSomeHidden(example, random);
  const rows = traits.map((_, index) => {
    const buffer = new Int32Array(MOST_FEATURES);
    return buffer.subarray(0, writeFeatures(traits, index, buffer));
  });
  const emissions = new Float64Array(rows.length * TAGS);
  for (const [token, features] of rows.entries())
    for (const row of features)
      for (let tag = 0; tag < TAGS; tag++)
        emissions[token * TAGS + tag] =
          (emissions[token * TAGS + tag] ?? 0) + (parameters.weights[row * TAGS + tag] ?? 0);
  const transitions = allowedTransitions(parameters.transitions);
  const lattice = forwardBackward(emissions, transitions);
  const loss = lattice.logZ - scoreOf(example.tags, emissions, parameters.transitions);
  stepEmissions(parameters, rows, { lattice, tags: example.tags });
  stepTransitions(parameters, { lattice, tags: example.tags, transitions });
  return loss;
}

function scoreOf(tags: Uint8Array, emissions: Float64Array, transitions: Float64Array): number {
  let score = 0;
  for (const [token, tag] of tags.entries()) {
    const previous = token === 0 ? TAGS : (tags[token - 1] ?? 0);
    score += (emissions[token * TAGS + tag] ?? 0) + (transitions[previous * TAGS + tag] ?? 0);
  }
  return score;
}

interface Expectation {
  readonly lattice: Lattice;
  readonly tags: Uint8Array;
}

function stepEmissions(parameters: Parameters, rows: readonly Int32Array[], { lattice, tags }: Expectation): void {
  for (const [token, features] of rows.entries())
    for (let tag = 0; tag < TAGS; tag++) {
      const gradient = (tags[token] === tag ? 1 : 0) - (lattice.marginals[token * TAGS + tag] ?? 0);
      if (Math.abs(gradient) < 1e-4) continue;
      for (const row of features) parameters.step(row * TAGS + tag, gradient);
    }
}

function stepTransitions(
  parameters: Parameters,
  expectation: Expectation & { readonly transitions: Float64Array },
): void {
  const { tags } = expectation;
  const gradient = new Float64Array((TAGS + 1) * TAGS);
  for (let token = 1; token < tags.length; token++) {
    const pairs = pairsAt(token, expectation);
    const sum = pairs.reduce((total, pair) => total + pair, 0);
    for (const [pair, value] of pairs.entries()) gradient[pair] = (gradient[pair] ?? 0) - value / sum;
    const seen = (tags[token - 1] ?? 0) * TAGS + (tags[token] ?? 0);
    gradient[seen] = (gradient[seen] ?? 0) + 1;
  }
  for (const [at, value] of gradient.entries()) if (Math.abs(value) > 1e-4) parameters.stepTransition(at, value);
}

/** How likely each tag follows each at a token, up to a factor; [previous × TAGS + tag]. */
function pairsAt(
  token: number,
  { lattice, transitions }: { readonly lattice: Lattice; readonly transitions: Float64Array },
): Float64Array {
  const row = token * TAGS;
  return Float64Array.from({ length: TAGS * TAGS }, (_, pair) => {
    const [previous, tag] = [Math.floor(pair / TAGS), pair % TAGS];
    const after = (lattice.potentials[row + tag] ?? 0) * (lattice.backward[row + tag] ?? 0);
    return (lattice.forward[row - TAGS + previous] ?? 0) * (transitions[pair] ?? 0) * after;
  });
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [order[at], order[other]];
    if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
  }
  return order;
}

async function write(folder: string | URL, parameters: Parameters, vocabulary: readonly string[]): Promise<void> {
  const largest = parameters.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Math.min(largest, 4) / 127;
  const quantised = Int8Array.from(parameters.weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  const header: TaggerHeader = {
    scale,
    transitions: Array.from(parameters.transitions, (weight) => Math.round(weight * 1000) / 1000),
    vocabulary,
  };
  const base = folder instanceof URL ? folder : new URL(`file://${folder}/`);
  await writeFile(new URL('tagger.bin', base), quantised);
  await writeFile(new URL('tagger.json', base), `${JSON.stringify(header)}\n`);
}
