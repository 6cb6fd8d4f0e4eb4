import type { Answer } from '../../src/index.ts';
import { type GoldPassage, overlaps, type Place, placeOf } from '../../bench/answers/places.ts';
import { type GoldenQuestion, goldenQuestions, needsAll } from './golden-questions.ts';
import type { HandbookWorkspace } from './handbook-workspace.ts';

/** What became of one question. */
export interface Outcome {
  readonly question: GoldenQuestion;
  readonly answer: Answer;
  /** The gold passage (all of them for `multi` and `conflict`) lies in a passage that was read. */
  readonly retrieved: boolean;
  /** A citation shows the gold passage (all of them for `multi` and `conflict`). */
  readonly hit: boolean;
  /** Citations, and how many of them show a gold passage or stand in the same chunk as one. */
  readonly cited: number;
  readonly citedWell: number;
  /** No citation is of a text that was not valid at the moment asked about. */
  readonly inForce: boolean;
  /** Wall clock. */
  readonly ms: number;
}

interface Source {
  readonly id: string;
  readonly text: string;
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly chunks: ReadonlyMap<string, Place>;
}

type Sources = ReadonlyMap<string, Source>;

/** Asks every golden question, one after the other. The first is asked twice: the first time warms up. */
export async function askGoldenQuestions(workspace: HandbookWorkspace): Promise<Outcome[]> {
  const sources = await readSources(workspace);
  const questions = goldenQuestions();
  const [first] = questions;
  if (first !== undefined) await askOne(workspace, first);
  const outcomes: Outcome[] = [];
  for (const question of questions) {
    const started = performance.now();
    const answer = await askOne(workspace, question);
    outcomes.push(judge({ question, answer, ms: performance.now() - started }, sources));
  }
  return outcomes;
}

async function askOne({ platform, collection }: HandbookWorkspace, question: GoldenQuestion): Promise<Answer> {
  return await platform.ask(platform.localContext(), {
    collection,
    text: question.question,
    asOf: question.asOf === undefined ? null : Date.parse(question.asOf),
    filter: { op: 'all' },
    signal: AbortSignal.timeout(30_000),
  });
}

function judge(asked: { question: GoldenQuestion; answer: Answer; ms: number }, sources: Sources): Outcome {
  const { question, answer } = asked;
  const every = needsAll(question);
  const golds = question.gold.map((gold) => placed(gold, sources));
  const read = answer.candidates.flatMap(({ chunkId }) => chunkPlace(chunkId, sources) ?? []);
  const cited = answer.citations.map((each): Place => ({ ...each, document: each.externalId }));
  const shows = (places: readonly Place[]) => (gold: Place) => places.some((place) => overlaps(place, gold));
  const all = (test: (gold: Place) => boolean) => golds.length > 0 && (every ? golds.every(test) : golds.some(test));
  const near = golds.flatMap((gold) => [...(sources.get(gold.document)?.chunks.values() ?? [])].filter(shows([gold])));
  return {
    ...asked,
    retrieved: all(shows(read)),
    hit: all(shows(cited)),
    cited: cited.length,
    citedWell: cited.filter((place) => shows(golds)(place) || shows(near)(place)).length,
    inForce: cited.every((place) => valid(sources.get(place.document), Date.parse(answer.asOf))),
  };
}

function valid(source: Source | undefined, asOf: number): boolean {
  return source !== undefined && source.effectiveFrom <= asOf && (source.effectiveTo ?? Infinity) > asOf;
}

function placed(gold: GoldPassage, sources: Sources): Place {
  const place = placeOf(gold, sources.get(gold.document)?.text ?? '');
  if (place === null) throw new Error(`${gold.document} does not hold the gold passage ${JSON.stringify(gold.quote)}.`);
  return place;
}

function chunkPlace(chunkId: string, sources: Sources): Place | undefined {
  for (const source of sources.values()) {
    const place = source.chunks.get(chunkId);
    if (place !== undefined) return place;
  }
  return undefined;
}

async function readSources({ platform, collection }: HandbookWorkspace): Promise<Sources> {
  const context = platform.localContext();
  const listed = await platform.ingest.documents(context, { collectionId: collection.id, before: null, limit: 500 });
  const rows = await platform.database.withTenant(context, (tx) =>
    tx.query<{ id: string; documentId: string; start: number; end: number }>(
      'select id, document_id as "documentId", start, "end" from chunks',
    ),
  );
  const sources = new Map<string, Source>();
  for (const each of listed) {
    const { text } = await platform.ingest.text(context, { documentId: each.id, version: null });
    const own = rows.filter((row) => row.documentId === each.id);
    const chunks = own.map((row) => [row.id, { document: each.externalId, start: row.start, end: row.end }] as const);
    sources.set(each.externalId, { ...each, text, chunks: new Map(chunks) });
  }
  return sources;
}
