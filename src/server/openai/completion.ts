import type { Answer } from '../../answers/index.ts';
import type { ChatAnnotation, ChatCompletion } from './contract.ts';
import { StopCutter } from './stop-cutter.ts';

/** Whom the completion is for. */
export interface Asked {
  /** The collection, as the caller named it. */
  readonly model: string;
  /** `http://host:port` of this server, for links. */
  readonly address: string;
  readonly stops: readonly string[];
  /** Null: as many as it takes. */
  readonly maxTokens: number | null;
  /** JSON by a schema: what is none is a refusal. */
  readonly json: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** An answer as one completion. */
export function completionOf(answer: Answer, asked: Asked): ChatCompletion {
  const { message, isTooLong } = isRefusal(answer, asked) ? refusalOf(answer) : messageOf(answer, asked);
  return {
    ...headOf(answer.id, asked),
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: isTooLong ? 'length' : 'stop' }],
    usage: usageOf(answer),
    plumbline: checkedOf(answer),
  };
}

interface Written {
  readonly message: ChatCompletion['choices'][number]['message'];
  /** It was cut where the asker's longest reply ends. */
  readonly isTooLong: boolean;
}

function messageOf(answer: Answer, { stops, maxTokens, address }: Asked): Written {
  const cutter = new StopCutter(stops, maxTokens);
  const content = cutter.add(wordsOf(answer)) + cutter.end();
  const annotations = annotationsOf(answer, { address, length: content.length });
  return { message: { role: 'assistant', content, refusal: null, annotations }, isTooLong: cutter.isTooLong };
}

function refusalOf(answer: Answer): Written {
  return {
    message: { role: 'assistant', content: null, refusal: wordsOf(answer), annotations: [] },
    isTooLong: false,
  };
}

/** JSON was asked for and is not there: OpenAI's clients read why where a model would have refused. */
export function isRefusal({ object }: Pick<Answer, 'object'>, { json }: Pick<Asked, 'json'>): boolean {
  return json && object === undefined;
}

/** What every part of a completion carries. */
export function headOf(answerId: string, { model, at }: Asked): Pick<ChatCompletion, 'id' | 'created' | 'model'> {
  return { id: `chatcmpl-${answerId}`, created: Math.floor(at / 1000), model };
}

/** The message: the answer's text; of an abstention why, and what would answer the question. */
export function wordsOf({ text, reason, missing }: Pick<Answer, 'text' | 'reason' | 'missing'>): string {
  return text !== '' ? text : [reason, missing?.wouldAnswer].filter(Boolean).join(' ');
}

/** Tokens that models used for it; 0 where none was asked. */
export function usageOf({ record }: Pick<Answer, 'record'>): ChatCompletion['usage'] {
  const { inputTokens, outputTokens } = record;
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
}

/** How the answer was checked. */
export function checkedOf({ id, kind, confidence, sentences }: Answer): ChatCompletion['plumbline'] {
  const checked = sentences.map(({ text, verdict, score, reason }) => ({ text, verdict, score, reason }));
  return { answerId: id, kind, confidence, sentences: checked };
}

/**
 * The citations, each on the sentence that rests on it.
 * @param shown.length how much of the text is shown: what begins after it is left out
 */
export function annotationsOf(
  answer: Pick<Answer, 'id' | 'text' | 'sentences' | 'citations' | 'object'>,
  shown: { readonly address: string; readonly length: number },
): ChatAnnotation[] {
  return placesOf(answer).flatMap(({ start, end, citations }) => {
    const place = { start_index: start, end_index: Math.min(end, shown.length) };
    if (start >= shown.length) return [];
    return citations.flatMap((index) => {
      const citation = answer.citations[index];
      if (citation === undefined) return [];
      const { title, quote, documentId, version } = citation;
      const url = `${shown.address}/#/answers/${answer.id}/citations/${index + 1}`;
      const cited = { ...place, url, title, quote, document_id: documentId, version };
      return [{ type: 'url_citation' as const, url_citation: cited }];
    });
  });
}

interface CitedPlace {
  readonly start: number;
  readonly end: number;
  readonly citations: readonly number[];
}

/** Where each sentence stands in the text; of JSON, where each value does. */
function placesOf({ text, sentences, object }: Pick<Answer, 'text' | 'sentences' | 'object'>): CitedPlace[] {
  if (object !== undefined) {
    return object.leaves.map(({ start, end, sentence }) => ({
      start,
      end,
      citations: sentences[sentence]?.citations ?? [],
    }));
  }
  let from = 0;
  return sentences.flatMap(({ text: words, citations }) => {
    const start = text.indexOf(words, from);
    if (start < 0) return [];
    from = start + words.length;
    return [{ start, end: from, citations }];
  });
}
