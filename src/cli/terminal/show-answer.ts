import type { Answer, AnswerObject, AnswerSentence, Citation } from '../../answers/index.ts';
import { printable, type Terminal, wrap } from './terminal.ts';

const MAX_WIDTH = 100;

/** Prints an answer with its sources, or why there is none with the nearest evidence. */
export function showAnswer(terminal: Terminal, answer: Answer): void {
  const width = Math.min(terminal.columns, MAX_WIDTH);
  const lines = (text: string, indent = ''): void => {
    for (const line of wrap(text, width, indent)) terminal.print(line);
  };
  if (answer.readAs !== undefined) lines(`Read as: ${answer.readAs}`);
  const { unheard } = answer.record;
  if (unheard !== undefined)
    lines(`No language model could be heard, so this comes from the sources alone. ${unheard.message}`);
  if (answer.kind === 'abstained') {
    lines(`No answer. ${answer.reason ?? ''}`);
    if (answer.nearest.length > 0) terminal.print(terminal.style('dim', 'Nearest:'));
    for (const citation of answer.nearest) {
      terminal.print(`  ${place(citation)}`);
      lines(`“${citation.quote}”`, '    ');
    }
    return;
  }
  showWords(terminal, answer, lines);
  if (answer.reason !== null) lines(answer.reason);
  for (const { reason } of answer.conflicts) lines(`The sources disagree: ${reason}`);
  for (const { question } of answer.clarification?.options ?? []) lines(`plumb ask ${JSON.stringify(question)}`, '  ');
  terminal.print();
  for (const [i, citation] of answer.citations.entries()) {
    terminal.print(
      terminal.style(
        'dim',
        `  [${i + 1}] ${place(citation)}${answer.changes === undefined ? '' : `, version ${citation.version}`}`,
      ),
    );
  }
}

/** The answer in the format that was asked for. */
function showWords(terminal: Terminal, answer: Answer, lines: (text: string, indent?: string) => void): void {
  const marked = answer.sentences.map((each) => `${each.text} ${marksOf(each)}`);
  const format = answer.record.asked?.generation?.format ?? 'text';
  if (answer.kind === 'clarification') lines(answer.text);
  else if (answer.object !== undefined) showObject(terminal, answer, answer.object);
  else if (format === 'table') for (const row of answer.text.split('\n')) terminal.print(printable(row));
  else if (format === 'list') for (const each of marked) lines(each.replace(/^(?!- )/, '- '), '  ');
  else if (answer.kind === 'extractive' || answer.changes !== undefined) for (const each of marked) lines(each);
  else lines(marked.join(' '));
}

function marksOf({ citations }: Pick<AnswerSentence, 'citations'>): string {
  return citations.map((i) => `[${i + 1}]`).join('');
}

/** JSON, then what carries each value of it. */
function showObject(terminal: Terminal, { text, sentences }: Answer, { leaves }: AnswerObject): void {
  for (const line of text.split('\n')) terminal.print(printable(line));
  terminal.print();
  for (const { pointer, sentence: at } of leaves) {
    const said = sentences[at];
    if (said !== undefined) terminal.print(printable(`  ${pointer} ${said.verdict} ${marksOf(said)} ${said.text}`));
  }
}

/** `Title · page 3 · Heading (path/to/file.pdf)` */
export function place(citation: Citation): string {
  const page = citation.page === null ? [] : [`page ${citation.page}`];
  const heading = citation.headingPath.at(-1);
  const section = heading === undefined || heading === citation.title ? [] : [heading];
  return printable(`${[citation.title, ...page, ...section].join(' · ')} (${citation.externalId})`);
}
