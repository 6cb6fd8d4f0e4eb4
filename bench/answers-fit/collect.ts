import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Evidence } from '../../src/answers/evidence/retrieve.ts';
import { type CandidateSentence, candidateSentences } from '../../src/answers/extractive/candidate-sentences.ts';
import {
  type Asked,
  readQuestion,
  type ScoredSentence,
  scoreByMeaning,
  scoreByWords,
} from '../../src/answers/extractive/score-sentences.ts';
import { SentenceOdds, SentenceVectors } from '../../src/answers/index.ts';
import { openAnswerReader } from '../../src/models/rerank/answer-reader.ts';
import { languageOfQuestion } from '../../src/retrieval/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { type GoldenQuestion, readGoldenFolder } from '../answers/layout.ts';
import { overlaps, type Place, placeOf } from '../answers/places.ts';
import { serveFolder, type ServedFolder } from '../answers/serve-folder.ts';
import { progress } from '../report/report.ts';

/** What the product found for a question, all its candidates ranked. */
export interface Collected extends Pick<GoldenQuestion, 'answerable' | 'needsAll'> {
  /** The set it belongs to. */
  readonly organisation: string;
  /** Gold passages it has. */
  readonly wanted: number;
  readonly asked: Asked;
  readonly evidence: Evidence;
  /** As the product's first stage puts them, with the traits of both stages. */
  readonly ranked: readonly ScoredSentence[];
  /** What the reader of answers says of the first of `ranked`; empty where it is not there. */
  readonly odds: ReadonlyMap<CandidateSentence, number>;
  /** Those of `ranked` that answer it. */
  readonly gold: ReadonlySet<ScoredSentence>;
}

const ASK_TIMEOUT_MS = 60_000;

/** So many of the best ranked are read, because other weights rank otherwise. */
const READ_AT_MOST = 16;

/** Asks a golden folder's questions of its own documents. */
export async function collectSet(golden: string): Promise<Collected[]> {
  return await collectTogether([golden]);
}

/** Takes the documents of several golden folders into one collection and asks the questions of all, as a user would. */
export async function collectTogether(goldenFolders: readonly string[]): Promise<Collected[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-fit-'));
  const questions: OwnedQuestion[] = [];
  try {
    for (const path of goldenFolders) {
      const name = basename(path);
      const golden = readGoldenFolder(path);
      await cp(golden.documents, join(folder, name), { recursive: true });
      questions.push(...golden.questions.map((each) => ({ ...inFolder(each, name), organisation: name })));
    }
    return await collect(folder, questions);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A question and the set it belongs to. */
interface OwnedQuestion extends GoldenQuestion {
  readonly organisation: string;
}

function inFolder(question: GoldenQuestion, name: string): GoldenQuestion {
  const gold = question.gold.map(({ document, quote }) => ({ document: `${name}/${document}`, quote }));
  return { ...question, gold };
}

async function collect(documents: string, questions: readonly OwnedQuestion[]): Promise<Collected[]> {
  const served = await serveFolder(documents);
  const vectors = new SentenceVectors(served.platform.embedder);
  const reader = await openAnswerReader();
  const odds = new SentenceOdds(reader, silentLog);
  const collected: Collected[] = [];
  let found: Evidence | null = null;
  // The first is the whole question's; parts of it and a second search follow.
  const listen = (message: unknown): void => void (found ??= (message as { readonly evidence: Evidence }).evidence);
  subscribe('plumbline:answers:evidence', listen);
  try {
    for (const question of questions) {
      found = null;
      await askOnce(served, question);
      if (found !== null) collected.push(await rankAll(question, { served, vectors, odds, evidence: found }));
    }
  } finally {
    unsubscribe('plumbline:answers:evidence', listen);
    await reader?.close();
    await served.close();
  }
  progress(`${collected.length} questions asked`);
  return collected;
}

async function askOnce({ platform, collection }: ServedFolder, { question, asOf }: GoldenQuestion): Promise<void> {
  await platform.ask(platform.localContext(), {
    collection,
    text: question,
    asOf,
    filter: { op: 'all' },
    signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
  });
}

async function rankAll(
  { question, answerable, needsAll, gold, organisation }: OwnedQuestion,
  given: {
    readonly served: ServedFolder;
    readonly vectors: SentenceVectors;
    readonly odds: SentenceOdds;
    readonly evidence: Evidence;
  },
): Promise<Collected> {
  const { served, vectors, evidence } = given;
  const sentences = candidateSentences(evidence.passages, languageOfQuestion(question));
  const asked = readQuestion(question, evidence.terms, sentences);
  const byWords = scoreByWords(asked, sentences);
  const meanings = await vectors.of(
    byWords.map(({ sentence }) => sentence.meaning),
    AbortSignal.timeout(ASK_TIMEOUT_MS),
  );
  const ranked = evidence.vector === null ? byWords : scoreByMeaning(byWords, evidence.vector, meanings);
  const places = gold.flatMap((each) => placeOf(each, served.documents.get(each.document)?.text ?? '') ?? []);
  const right = ranked.filter((each) => places.some((place) => overlaps(placeOfSentence(each), place)));
  const own = { answerable, needsAll, organisation, wanted: gold.length, asked, evidence };
  return { ...own, ranked, odds: await oddsOf(given.odds, question, ranked), gold: new Set(right) };
}

async function oddsOf(
  odds: SentenceOdds,
  question: string,
  ranked: readonly ScoredSentence[],
): Promise<Map<CandidateSentence, number>> {
  const first = ranked.slice(0, READ_AT_MOST).map(({ sentence }) => sentence);
  const signal = AbortSignal.timeout(ASK_TIMEOUT_MS);
  const read = await Promise.all(first.map(async (each) => [each, await odds.of(question, each, signal)] as const));
  return new Map(read.flatMap(([sentence, each]) => (each === null ? [] : [[sentence, each] as const])));
}

function placeOfSentence({ sentence: { passage, start, end } }: ScoredSentence): Place {
  return { document: passage.externalId, start, end };
}
