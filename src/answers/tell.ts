import type { Answer } from './answer.ts';
import type { Making } from './stream/answer-streams.ts';

/** Says a composed answer sentence by sentence. */
export function tell(
  making: Making,
  { text, sentences, citations, conflicts }: Pick<Answer, 'text' | 'sentences' | 'citations' | 'conflicts'>,
): void {
  citations.forEach((citation, index) => making.emit({ type: 'citation.added', data: { index, citation } }));
  let from = 0;
  sentences.forEach((sentence, i) => {
    const next = sentences[i + 1];
    const to = next === undefined ? text.length : text.indexOf(next.text, from + sentence.text.length);
    making.emit({ type: 'text.added', data: { text: text.slice(from, to) } });
    const { verdict, score, reason, citations: cited } = sentence;
    making.emit({ type: 'claim.verified', data: { sentence: i, citations: cited, verdict, score, reason } });
    from = to;
  });
  for (const conflict of conflicts) making.emit({ type: 'conflict.found', data: { conflict } });
}

/** Says what checking came to, when the words and the first `cited` citations were said as they came. */
export function tellVerdicts(
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
export function retell(making: Making, answer: Pick<Answer, 'text' | 'sentences' | 'citations' | 'conflicts'>): void {
  const reason = 'A sentence was not carried by its sources; the answer was corrected.';
  making.emit({ type: 'answer.restarted', data: { reason } });
  tell(making, answer);
}
