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
