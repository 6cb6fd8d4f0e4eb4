/**
 * Asks the sample handbook's golden questions and prints how well they were answered:
 * `node tests/answers/run.ts [HOME] [--misses]`. With HOME the workspace is kept there and used again.
 */
import { askGoldenQuestions, type Outcome } from './ask-golden-questions.ts';
import { openHandbook } from './handbook-workspace.ts';
import { measure, table } from './measure.ts';

const [home] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const workspace = await openHandbook(home);
try {
  const outcomes = await askGoldenQuestions(workspace);
  if (process.argv.includes('--misses')) console.log(outcomes.filter(isMiss).map(describe).join('\n'));
  console.log(table(measure(outcomes)));
} finally {
  await workspace.close();
}

function isMiss({ question, answer, hit }: Outcome): boolean {
  return question.answerable ? !hit : answer.kind !== 'abstained';
}

function describe({ question, answer, retrieved }: Outcome): string {
  const wanted = question.gold.map((gold) => `    gold: ${gold.quote} (${gold.document})`);
  const given = answer.sentences.map((sentence) => `    said: ${sentence.text}`);
  const head = `${question.id} ${question.kind} ${answer.confidence} ${answer.kind}${retrieved ? '' : ' not retrieved'}`;
  return [`${head}: ${question.question}`, ...wanted, ...given].join('\n');
}
