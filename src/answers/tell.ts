import type { Answer } from './answer.ts';
import type { ToldDraft } from './draft-from.ts';
import type { Making } from './stream/answer-streams.ts';

/** Says a composed answer sentence by sentence. */
export function tell(
  making: Making,
  { text, sentences, citations, conflicts }: Pick<Answer, 'text' | 'sentences' | 'citations' | 'conflicts'>,
): void {
  citations.forEach((citation, index) => making.emit({ type: 'citation.added', data: { index, citation } }));
  const pieces = piecesOf(text, sentences);
  sentences.forEach((sentence, i) => {
    const piece = pieces[i] ?? '';
    if (piece !== '') making.emit({ type: 'text.added', data: { text: piece } });
    const { verdict, score, reason, citations: cited } = sentence;
    making.emit({ type: 'claim.verified', data: { sentence: i, citations: cited, verdict, score, reason } });
  });
  for (const conflict of conflicts) making.emit({ type: 'conflict.found', data: { conflict } });
}

/** The text cut before each sentence but the first; in one piece where a sentence is written in other words there. */
function piecesOf(text: string, sentences: readonly { readonly text: string }[]): string[] {
  const starts = [0];
  for (const [i, sentence] of sentences.slice(1).entries()) {
    const from = (starts.at(-1) ?? 0) + (sentences[i]?.text.length ?? 0);
    const start = text.indexOf(sentence.text, from);
    if (start < 0) return [text];
    starts.push(start);
  }
  return starts.map((start, i) => text.slice(start, starts[i + 1]));
}

/** Says what its reader has not seen of an answer yet. */
export function tellRest(
  making: Making,
  made: Pick<Answer, 'text' | 'sentences' | 'citations' | 'conflicts'>,
  { told, cited }: Pick<ToldDraft, 'told' | 'cited'>,
): void {
  if (told === 'nothing') tell(making, made);
  else if (told === 'words') tellVerdicts(making, made, cited);
  else retell(making, made);
}

/** Says what checking came to, when the words and the first `cited` citations were said as they came. */
function tellVerdicts(
  making: Making,
  { sentences, conflicts, citations: all }: Pick<Answer, 'sentences' | 'conflicts' | 'citations'>,
  cited: number,
): void {
  all.slice(cited).forEach((citation, i) => {
    making.emit({ type: 'citation.added', data: { index: cited + i, citation } });
  });
  sentences.forEach(({ verdict, score, reason, citations }, sentence) => {
    making.emit({ type: 'claim.verified', data: { sentence, citations, verdict, score, reason } });
  });
  for (const conflict of conflicts) making.emit({ type: 'conflict.found', data: { conflict } });
}

/** Takes back what was said and says the answer as it is. */
function retell(making: Making, answer: Pick<Answer, 'text' | 'sentences' | 'citations' | 'conflicts'>): void {
  const reason = 'A sentence was not carried by its sources; the answer was corrected.';
  making.emit({ type: 'answer.restarted', data: { reason } });
  tell(making, answer);
}
