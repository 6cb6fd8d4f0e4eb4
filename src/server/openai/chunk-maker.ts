import type { Answer, NumberedEvent } from '../../answers/index.ts';
import { annotationsOf, type Asked, checkedOf, headOf, isRefusal, usageOf, wordsOf } from './completion.ts';
import type { ChatChunk } from './contract.ts';
import { StopCutter } from './stop-cutter.ts';

type Delta = ChatChunk['choices'][number]['delta'];

/**
 * Turns the events of one answer into chunks of a completion. What was sent cannot be taken back here, unlike in our own
 * protocol: an answer that began anew goes on where its words are the same, and is an error where they are not.
 */
export class ChunkMaker {
  readonly #asked: Asked & { readonly withUsage: boolean };
  readonly #id: string;
  readonly #cutter: StopCutter;
  /** What the answer says since it last began. */
  #said = '';
  /** What the reader was given, stop texts included. */
  #given = '';

  constructor(answerId: string, asked: Asked & { readonly withUsage: boolean }) {
    this.#id = answerId;
    this.#asked = asked;
    this.#cutter = new StopCutter(asked.stops, asked.maxTokens);
  }

  /** The first chunk. */
  first(): ChatChunk {
    return this.#chunk({ role: 'assistant', content: '' });
  }

  /**
   * The chunks an event becomes; most become none.
   * @returns null when the reader holds words that are not the answer's any more
   */
  next(event: NumberedEvent): readonly ChatChunk[] | null {
    if (event.type === 'answer.restarted') this.#said = '';
    if (event.type === 'text.added') return this.#grow(this.#said + event.data.text);
    if (event.type === 'answer.completed') return this.#finish(event.data.answer);
    return [];
  }

  #grow(said: string): readonly ChatChunk[] | null {
    this.#said = said;
    if (said.length <= this.#given.length) return this.#given.startsWith(said) ? [] : null;
    if (!said.startsWith(this.#given)) return null;
    const content = this.#cutter.add(said.slice(this.#given.length));
    this.#given = said;
    return content === '' ? [] : [this.#chunk({ content })];
  }

  #finish(answer: Answer): readonly ChatChunk[] | null {
    if (isRefusal(answer, this.#asked)) return this.#refuse(answer);
    const grown = this.#grow(wordsOf(answer));
    if (grown === null || this.#given !== this.#said) return null;
    const rest = this.#cutter.end();
    const { address } = this.#asked;
    const annotations = annotationsOf(answer, { address, length: this.#cutter.length });
    return this.#ended(answer, [
      ...grown,
      ...(rest === '' ? [] : [this.#chunk({ content: rest })]),
      ...(annotations.length === 0 ? [] : [this.#chunk({ annotations })]),
    ]);
  }

  #refuse(answer: Answer): readonly ChatChunk[] | null {
    return this.#given === '' ? this.#ended(answer, [this.#chunk({ refusal: wordsOf(answer) })]) : null;
  }

  #ended(answer: Answer, before: readonly ChatChunk[]): readonly ChatChunk[] {
    const last = { ...this.#chunk({}, this.#cutter.isTooLong ? 'length' : 'stop'), plumbline: checkedOf(answer) };
    const usage = { ...this.#chunk({}), choices: [], usage: usageOf(answer) };
    return [...before, last, ...(this.#asked.withUsage ? [usage] : [])];
  }

  #chunk(delta: Delta, finish: 'stop' | 'length' | null = null): ChatChunk {
    return {
      ...headOf(this.#id, this.#asked),
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...(this.#asked.withUsage ? { usage: null } : {}),
    };
  }
}
