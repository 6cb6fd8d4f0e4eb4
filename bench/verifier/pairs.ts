import { splitSentences } from '../../src/ingest/index.ts';
import { below, gaussian, pick, type Random } from '../corpus/random.ts';
import { EDIT_KINDS, falsify, namesIn } from '../edits/falsify.ts';
import { rephrase } from '../edits/rephrase.ts';

/** A made claim, the text it was made from, and whether everything in it was taken from there. */
export interface Pair {
  readonly claim: string;
  readonly source: string;
  readonly supported: boolean;
  readonly made: string;
}

/** Documents of prose, each a list of its sentences. */
export type Library = readonly (readonly string[])[];

const SHORTEST_SOURCE = 4;
const LONGEST_SOURCE = 90;

/** The prose sentences of documents; those with fewer than four are left out. */
export function libraryOf(documents: readonly string[]): string[][] {
  return documents
    .map((text) =>
      splitSentences(text)
        .map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' ').trim())
        .filter((sentence) => /[a-z]/.test(sentence) && sentence.length >= 30 && sentence.length <= 500),
    )
    .filter((sentences) => sentences.length >= SHORTEST_SOURCE);
}

interface Desk {
  readonly library: Library;
  readonly random: Random;
  readonly names: readonly string[];
  /** Common words, to stand for a paraphrase nothing lists. */
  readonly words: readonly string[];
}

/** Makes pairs, half of them supported. */
export function makePairs(library: Library, random: Random, count: number): Pair[] {
  const names = library.flatMap((sentences) => sentences.flatMap(namesIn));
  const desk = { library, random, names, words: commonWords(library) };
  const pairs: Pair[] = [];
  while (pairs.length < count) {
    const made = makePair(desk, pairs.length % 2 === 0);
    if (made !== null) pairs.push(made);
  }
  return pairs;
}

function makePair(desk: Desk, supported: boolean): Pair | null {
  const { library, random } = desk;
  const document = pick(random, library);
  const kept = windowOf(document, random);
  const source = sourceAround(desk, kept.sentences);
  const parts = drawParts(kept.sentences, random);
  const outside = document.filter((_, i) => i < kept.from || i >= kept.from + kept.sentences.length);
  const spoilt = supported ? { parts, made: 'faithful' } : spoil(desk, { parts, outside, source });
  if (spoilt === null) return null;
  const rate = Math.max(0, 0.12 + 0.15 * gaussian(random));
  const claim = joined(
    spoilt.parts.map((part) => reword(desk, part, rate)),
    random,
  );
  return claim.split(' ').length < 6 ? null : { claim, source, supported, made: spoilt.made };
}

/** A stretch of a document; part of it stays outside where it is long enough. */
function windowOf(document: readonly string[], random: Random): { from: number; sentences: readonly string[] } {
  const most = Math.min(LONGEST_SOURCE, Math.max(SHORTEST_SOURCE, Math.floor(document.length * 0.75)));
  const length = SHORTEST_SOURCE + below(random, most - SHORTEST_SOURCE + 1);
  const from = below(random, document.length - length + 1);
  return { from, sentences: document.slice(from, from + length) };
}

/** Now and then a page carries other things before and after. */
function sourceAround({ library, random }: Desk, sentences: readonly string[]): string {
  const noise = (): readonly string[] => (random() < 0.4 ? pick(random, library).slice(0, 1 + below(random, 20)) : []);
  return [...noise(), ...sentences, ...noise()].join('\n');
}

function drawParts(sentences: readonly string[], random: Random): string[] {
  const count = random() < 0.5 ? 1 : random() < 0.7 ? 2 : 3;
  const from = below(random, sentences.length);
  const near = sentences.slice(Math.max(0, from - 4), from + 5);
  const parts = Array.from({ length: count }, () => (count === 1 ? (sentences[from] as string) : pick(random, near)));
  return [...new Set(parts)].map((part) => (random() < (count === 1 ? 0.4 : 0.8) ? shorten(part, random) : part));
}

/** A stretch of a sentence between marks or joining words. */
function shorten(sentence: string, random: Random): string {
  const bare = sentence.replaceAll(/\s*\([^)]*\)/g, '');
  const clauses = bare.split(/(?:, | - | – |; | which | who | and | because | although | while | where )/);
  const long = clauses.filter((clause) => clause.split(' ').length >= 5);
  return long.length === 0 ? bare : pick(random, long);
}

interface Spoiling {
  readonly parts: readonly string[];
  readonly outside: readonly string[];
  readonly source: string;
}

function spoil(desk: Desk, given: Spoiling): { parts: string[]; made: string } | null {
  const { random } = desk;
  const roll = random();
  if (roll < 0.15) return borrowed(desk, given);
  if (roll < 0.4) return edited(desk, given);
  if (roll < 0.6) return extended(desk, given);
  if (roll < 0.8) return swapped(desk, given);
  return replaced(desk, given);
}

/** One planted edit. */
function edited({ random, names }: Desk, { parts, source }: Spoiling): { parts: string[]; made: string } | null {
  const at = below(random, parts.length);
  const foreign = names.filter((name) => !source.includes(name));
  const whole = `${(parts[at] as string).replace(/[.!?:;,]+$/, '')}.`;
  const edits = EDIT_KINDS.flatMap((kind) => falsify(whole, { kind, random, names: foreign }) ?? []);
  if (edits.length === 0) return null;
  // A clause can be put in anywhere; what else fits comes first.
  const others = edits.filter(({ kind }) => kind !== 'clause');
  const edit = pick(random, others.length > 0 ? others : edits);
  return { parts: parts.map((part, i) => (i === at ? edit.text : part)), made: edit.kind };
}

/** A number or a name gives way to another that stands elsewhere in the source. */
function borrowed({ random }: Desk, { parts, source }: Spoiling): { parts: string[]; made: string } | null {
  const things = (text: string): string[] => [
    ...(text.match(/(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d\b/g) ?? []),
    ...namesIn(text),
  ];
  const at = below(random, parts.length);
  const part = parts[at] as string;
  const own = things(part);
  if (own.length === 0) return null;
  const stood = pick(random, own);
  const isNumber = /\d/.test(stood);
  const others = things(source).filter(
    (thing) => /\d/.test(thing) === isNumber && !part.includes(thing) && !stood.includes(thing),
  );
  if (others.length === 0) return null;
  const put = pick(random, others);
  return { parts: parts.map((text, i) => (i === at ? text.replace(stood, put) : text)), made: 'borrowed' };
}

/** A few words from elsewhere in the document, or another. */
function extended(desk: Desk, given: Spoiling): { parts: string[]; made: string } | null {
  const foreign = foreignSentence(desk, given.outside);
  if (foreign === null) return null;
  const words = foreign.replace(/[.!?]$/, '').split(' ');
  const length = 3 + below(desk.random, 7);
  const from = below(desk.random, Math.max(1, words.length - length));
  const phrase = words.slice(from, from + length).join(' ');
  const at = below(desk.random, given.parts.length);
  const parts = given.parts.map((part, i) => (i === at ? `${part.replace(/[.!?]$/, '')} ${phrase}` : part));
  return { parts, made: 'extended' };
}

/** One of its sentences is not in the source. */
function swapped(desk: Desk, given: Spoiling): { parts: string[]; made: string } | null {
  const foreign = foreignSentence(desk, given.outside);
  if (foreign === null) return null;
  const own = given.parts.length > 1 ? given.parts.slice(1) : given.parts;
  const added = desk.random() < 0.6 ? shorten(foreign, desk.random) : foreign;
  return { parts: desk.random() < 0.5 ? [...own, added] : [added, ...own], made: 'swapped' };
}

/** Nothing of it is in the source. */
function replaced(desk: Desk, given: Spoiling): { parts: string[]; made: string } | null {
  const foreign = foreignSentence(desk, given.outside);
  return foreign === null ? null : { parts: [foreign], made: 'replaced' };
}

/** From the same document where something of it stays outside, else from another. */
function foreignSentence({ library, random }: Desk, outside: readonly string[]): string | null {
  const from = outside.length > 0 && random() < 0.75 ? outside : pick(random, library);
  return from.length === 0 ? null : pick(random, from);
}

/** Says it in other words: ways of the edits benchmark, and words nothing lists in place of common ones. */
function reword({ random, words }: Desk, part: string, rate: number): string {
  const whole = rephrase(part, random)?.text ?? part;
  const told = random() < 0.5 ? whole : part;
  return told.replaceAll(/(?<=\s)[a-z]{4,}(?=[\s,.])/g, (word) => {
    if (random() >= rate) return word;
    return random() < 0.25 ? '' : pick(random, words);
  });
}

function joined(parts: readonly string[], random: Random): string {
  const bare = parts.map((part) => part.replace(/[.!?;:,\s]+$/, '').trim()).filter((part) => part !== '');
  const text = bare.join(random() < 0.5 ? ' and ' : ', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replaceAll(/\s+/g, ' ');
}

/** Lower-case words of at least four letters, as often in the list as in the library. */
function commonWords(library: Library): string[] {
  return library.flatMap((sentences) =>
    sentences.flatMap((sentence) => sentence.match(/(?<=\s)[a-z]{4,}(?=[\s,.])/g) ?? []),
  );
}
