import type { AnswerCandidate, AnswerSentence, Citation } from './answer.ts';
import { cite, type Quoted } from './evidence/cite.ts';
import type { Passage } from './evidence/passage.ts';
import type { ScoredSentence } from './extractive/score-sentences.ts';

/** An answer's words with what carries them. */
export interface Composition {
  readonly text: string;
  /** Not yet checked. */
  readonly sentences: readonly Pick<AnswerSentence, 'text' | 'citations'>[];
  readonly citations: readonly Citation[];
}

/**
 * Joins chosen sentences into an answer: in the order of their sources, each with its citation. A table's row is told
 * with its column names, which are cited too.
 */
export function compose(chosen: readonly ScoredSentence[]): Composition {
  const citations: Citation[] = [];
  const cited = (passage: Passage, quoted: Quoted): number => {
    const known = citations.findIndex(
      (each) => each.versionId === passage.versionId && each.start === quoted.start && each.end === quoted.end,
    );
    return known === -1 ? citations.push(cite(passage, quoted)) - 1 : known;
  };
  const sentences = inReadingOrder(chosen).map(({ sentence }) => {
    const { passage, columns, label } = sentence;
    const own = cited(passage, sentence);
    const names = columns === null ? [] : [cited(passage, { ...columns, label })];
    return { text: sentence.readable, citations: [own, ...names] };
  });
  return { text: sentences.map(ended).join(' '), sentences, citations };
}

/** A row or a record ends without a mark; the next sentence must not run into it. */
function ended({ text }: Pick<AnswerSentence, 'text'>): string {
  return /[.!?…。！？]["'”’»)\]]*$/.test(text) ? text : `${text}.`;
}

/** The best sentence's document first, then the others; within a document, as they stand there. */
function inReadingOrder(chosen: readonly ScoredSentence[]): ScoredSentence[] {
  const documents = [...new Set(chosen.map((each) => each.sentence.passage.documentId))];
  return chosen.toSorted((a, b) => {
    const byDocument =
      documents.indexOf(a.sentence.passage.documentId) - documents.indexOf(b.sentence.passage.documentId);
    return byDocument === 0 ? placeOf(a) - placeOf(b) : byDocument;
  });
}

function placeOf(scored: ScoredSentence): number {
  return scored.sentence.start;
}

/** Characters of a passage shown as nearest evidence. */
const NEAREST_LENGTH = 280;

/** The nearest evidence when nothing carries an answer: the beginning of each of the first passages. */
export function nearest(passages: readonly Passage[], limit: number): Citation[] {
  return passages.slice(0, limit).map((passage) => {
    const end = passage.start + wordEnd(passage.text);
    return cite(passage, { start: passage.start, end, label: null });
  });
}

function wordEnd(text: string): number {
  if (text.length <= NEAREST_LENGTH) return text.length;
  const space = text.lastIndexOf(' ', NEAREST_LENGTH);
  return space > NEAREST_LENGTH / 2 ? space : NEAREST_LENGTH;
}

/** Where each passage stood at each stage. */
export function standings(passages: readonly Passage[], cited: readonly Citation[]): AnswerCandidate[] {
  return passages.map((passage) => ({
    chunkId: passage.candidate.id,
    documentId: passage.documentId,
    title: passage.title,
    text: passage.candidate.text,
    vector: passage.candidate.vector,
    fused: { rank: passage.candidate.rank, score: passage.candidate.score },
    used: cited.some(
      (citation) =>
        citation.versionId === passage.versionId && citation.start < passage.end && citation.end > passage.start,
    ),
  }));
}
