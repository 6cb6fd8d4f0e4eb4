import type { AnswerCandidate, AnswerSentence, Citation } from './answer.ts';
import { cite } from './evidence/cite.ts';
import type { Passage } from './evidence/passage.ts';
import type { ScoredSentence } from './extractive/score-sentences.ts';

/** An answer's words with what carries them. */
export interface Composition {
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
}

/** Joins chosen sentences into an answer: in the order of their sources, each with its citation. */
export function compose(chosen: readonly ScoredSentence[]): Composition {
  const ordered = inReadingOrder(chosen);
  const citations = ordered.map(({ sentence }) => cite(sentence.passage, sentence));
  const sentences = ordered.map(({ sentence }, i) => ({ text: oneLine(sentence.text), citations: [i] }));
  return { text: sentences.map((each) => each.text).join(' '), sentences, citations };
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
  return scored.sentence.passage.start + scored.sentence.start;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Characters of a passage shown as nearest evidence. */
const NEAREST_LENGTH = 280;

/** The nearest evidence when nothing carries an answer: the beginning of each of the first passages. */
export function nearest(passages: readonly Passage[], limit: number): Citation[] {
  return passages.slice(0, limit).map((passage) => cite(passage, { start: 0, end: wordEnd(passage.text) }));
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
        citation.versionId === passage.versionId && citation.start >= passage.start && citation.end <= passage.end,
    ),
  }));
}
