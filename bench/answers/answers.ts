import { parseArgs } from 'node:util';
import { type Metrics, progress } from '../report/report.ts';
import { figures } from './figures.ts';
import { judge, type Outcome } from './judge.ts';
import { type GoldenQuestion, readGoldenFolder } from './layout.ts';
import { type ServedFolder, serveFolder } from './serve-folder.ts';

/** Longest time for one answer. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Takes a folder in, asks its questions one after the other and compares the answers with what its author wrote down. */
export async function measureAnswers(args: readonly string[]): Promise<Metrics> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      misses: { type: 'boolean', default: false },
      home: { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('Name a folder, for example: bench -- answers samples/handbook');
  const golden = readGoldenFolder(folder);
  const served = await serveFolder(golden.documents, values.home);
  try {
    const outcomes = await askAll(served, golden.questions);
    progress(`${outcomes.length} questions asked`);
    if (values.misses) process.stderr.write(`${outcomes.filter(isMiss).map(describe).join('\n')}\n`);
    return figures(outcomes);
  } finally {
    await served.close();
  }
}

/** The first question is asked twice: the first time warms up. */
async function askAll(served: ServedFolder, questions: readonly GoldenQuestion[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const question of questions.slice(0, 1)) await askOne(served, question);
  for (const question of questions) {
    const started = performance.now();
    const answer = await askOne(served, question);
    outcomes.push(judge({ question, answer, ms: performance.now() - started }, served.documents));
  }
  return outcomes;
}

async function askOne(
  { platform, collection }: ServedFolder,
  { question, asOf }: GoldenQuestion,
): Promise<Outcome['answer']> {
  return await platform.ask(platform.localContext(), {
    collection,
    text: question,
    asOf,
    filter: { op: 'all' },
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
}

function isMiss({ question, answer, shown, cited, citedGold, conflictFound }: Outcome): boolean {
  if (!question.answerable) return answer.kind !== 'abstained';
  return (
    shown < 1 ||
    citedGold < cited ||
    question.conflict !== conflictFound ||
    (!question.conflict && answer.conflicts.length > 0)
  );
}

function describe({ question, answer, retrieved, shown, citedGold, cited }: Outcome): string {
  const wanted = question.gold.map((gold) => `    gold: ${gold.quote} (${gold.document})`);
  const given = answer.sentences.map(
    (each) => `    said: ${each.text} (${each.citations.map((i) => answer.citations[i]?.externalId).join(', ')})`,
  );
  const conflicts = answer.conflicts.map(({ reason }) => `    conflict: ${reason}`);
  const figure = `shown ${shown}, ${citedGold} of ${cited} citations good`;
  const head = `${question.id} ${question.kind} ${answer.confidence} ${answer.kind}, ${figure}${retrieved ? '' : ', not retrieved'}`;
  return [`${head}: ${question.question}`, ...wanted, ...given, ...conflicts].join('\n');
}
