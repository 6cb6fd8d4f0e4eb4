import type { Answer } from '../../src/index.ts';
import type { GoldenQuestion } from './layout.ts';
import { type GoldPassage, overlaps, type Place, placeOf } from './places.ts';
import type { ReadDocument } from './serve-folder.ts';

/** What became of one question. */
export interface Outcome {
  readonly question: GoldenQuestion;
  readonly answer: Answer;
  /** Share of the needed gold passages that the answer cites; 0 when it abstained. One needed: 0 or 1. */
  readonly shown: number;
  /** Every needed gold passage lies in a passage that was read. */
  readonly retrieved: boolean;
  readonly cited: number;
  /** Citations that show a gold passage, or the column names of a table's row that does. */
  readonly citedGold: number;
  /** Citations that show a gold passage or stand in the same chunk as one. */
  readonly citedNear: number;
  /** Citations of words that do not stand where the citation says. */
  readonly notThere: number;
  /** No citation is of a text that was not valid at the moment asked about. */
  readonly inForce: boolean;
  /** The answer's conflicts hold one whose sides show every gold passage. */
  readonly conflictFound: boolean;
  /** Wall clock. */
  readonly ms: number;
}

type Documents = ReadonlyMap<string, ReadDocument>;

/** Compares an answer with what the question's author wrote down. */
export function judge(asked: Pick<Outcome, 'question' | 'answer' | 'ms'>, documents: Documents): Outcome {
  const { question, answer } = asked;
  const golds = question.gold.map((gold) => placed(gold, documents));
  const cited = answer.citations.map((each): Place => ({ ...each, document: each.externalId }));
  const read = answer.candidates.flatMap(({ chunkId }) => chunkPlace(chunkId, documents) ?? []);
  const near = golds.flatMap((gold) =>
    [...(documents.get(gold.document)?.chunks.values() ?? [])].filter((chunk) => overlaps(chunk, gold)),
  );
  const good = goodCitations(answer, golds);
  const sides = answer.conflicts.map(({ sides: all }) => all.flatMap(({ citation }) => cited[citation] ?? []));
  return {
    ...asked,
    shown: shareShown(question, golds, cited),
    retrieved: shareShown(question, golds, read) === 1,
    cited: cited.length,
    citedGold: good.size,
    citedNear: cited.filter((place, i) => good.has(i) || shows(place, near)).length,
    notThere: answer.citations.filter((each) => !stands(each, documents)).length,
    inForce: cited.every((place) => valid(documents.get(place.document), Date.parse(answer.asOf))),
    conflictFound: sides.some((places) => golds.length > 0 && golds.every((gold) => shows(gold, places))),
  };
}

function goodCitations(answer: Answer, golds: readonly Place[]): Set<number> {
  const showing = (i: number): boolean => {
    const citation = answer.citations[i];
    return citation !== undefined && shows({ ...citation, document: citation.externalId }, golds);
  };
  return new Set(answer.sentences.filter(({ citations }) => citations.some(showing)).flatMap((each) => each.citations));
}

function shows(place: Place, others: readonly Place[]): boolean {
  return others.some((other) => overlaps(place, other));
}

function shareShown({ needsAll }: GoldenQuestion, golds: readonly Place[], places: readonly Place[]): number {
  if (golds.length === 0) return 0;
  const shown = golds.filter((gold) => shows(gold, places)).length;
  return needsAll ? shown / golds.length : Math.min(1, shown);
}

function stands({ externalId, start, end, quote }: Answer['citations'][number], documents: Documents): boolean {
  return quote !== '' && documents.get(externalId)?.text.slice(start, end) === quote;
}

function valid(document: ReadDocument | undefined, asOf: number): boolean {
  return document !== undefined && document.effectiveFrom <= asOf && (document.effectiveTo ?? Infinity) > asOf;
}

function placed(gold: GoldPassage, documents: Documents): Place {
  const place = placeOf(gold, documents.get(gold.document)?.text ?? '');
  if (place === null) throw new Error(`${gold.document} does not hold the gold passage ${JSON.stringify(gold.quote)}.`);
  return place;
}

function chunkPlace(chunkId: string, documents: Documents): Place | undefined {
  for (const { chunks } of documents.values()) {
    const place = chunks.get(chunkId);
    if (place !== undefined) return place;
  }
  return undefined;
}
