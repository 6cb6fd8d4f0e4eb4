import type { PersonalDataSpan } from '../span.ts';
import { forwardBackward, likeliestRuns, TAGS, type TaggedRun } from './crf.ts';
import { MOST_FEATURES, traitsOf, type Traits, writeFeatures } from './features.ts';
import { type TaggerModel, taggerModel } from './model.ts';
import { segmentsOf, type Token, tokenise } from './tokens.ts';

/**
 * Finds names of people, places, organisations and streets by a conditional random field over words, their shapes and
 * endings, lists of names, the words around and what the rules found.
 * @param rules what the rules found, all kinds
 */
export function tagNames(text: string, rules: readonly PersonalDataSpan[]): PersonalDataSpan[] {
  const model = taggerModel();
  const tokens = tokenise(text);
  const traits = traitsOf(tokens, { text, vocabulary: model.vocabulary, rules });
  const spans = segmentsOf(tokens).flatMap(([from, to]) => {
    const emissions = emissionsOf(traits.slice(from, to), model);
    const runs = likeliestRuns(forwardBackward(emissions, model.transitions), model.transitions);
    return runs.map((run) => spanOf(run, tokens.slice(from, to)));
  });
  return spans.filter(
    (span, index) => isNamed(text, span) || adjoins(span, spans[index - 1]) || adjoins(span, spans[index + 1]),
  );
}

/** Whether there is a letter: figures alone name nothing. */
function isNamed(text: string, { start, end }: PersonalDataSpan): boolean {
  return /\p{L}/u.test(text.slice(start, end));
}

/** Figures belong to an address when another piece of one stands so near, in UTF-16 code units. */
const ADJOINING_UNITS = 3;

function adjoins(span: PersonalDataSpan, other: PersonalDataSpan | undefined): boolean {
  if (other?.type !== 'street-address' || span.type !== 'street-address') return false;
  return Math.max(span.start - other.end, other.start - span.end) <= ADJOINING_UNITS;
}

/** Scores of all tags, [token × TAGS + tag]. */
function emissionsOf(traits: readonly Traits[], { weights, scale }: TaggerModel): Float64Array {
  const emissions = new Float64Array(traits.length * TAGS);
  const sums = new Int32Array(emissions.length);
  const rows = new Int32Array(MOST_FEATURES);
  for (let token = 0; token < traits.length; token++) {
    const count = writeFeatures(traits, token, rows);
    const row = token * TAGS;
    for (let feature = 0; feature < count; feature++) {
      const from = (rows[feature] ?? 0) * TAGS;
      for (let tag = 0; tag < TAGS; tag++) sums[row + tag] = (sums[row + tag] ?? 0) + (weights[from + tag] ?? 0);
    }
  }
  for (let at = 0; at < sums.length; at++) emissions[at] = (sums[at] ?? 0) * scale;
  return emissions;
}

function spanOf({ from, to, type, probability }: TaggedRun, tokens: readonly Token[]): PersonalDataSpan {
  return {
    start: tokens[from]?.start ?? 0,
    end: tokens[to - 1]?.end ?? 0,
    type: type === 'address-piece' ? 'street-address' : type,
    score: Math.min(0.99, probability),
    reason: 'words, their shapes and what stands around them',
  };
}
