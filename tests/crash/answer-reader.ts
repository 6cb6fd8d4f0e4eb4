import type { AnsweringNode } from './answering-process.ts';

/** An event as it came over the wire. */
export interface ReadEvent {
  /** `answerId:number` */
  readonly id: string;
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into events of every type
  readonly data: any;
}

/** A client of the streaming protocol that keeps what it saw and goes on where it was, on any node. */
export class AnswerReader {
  readonly events: ReadEvent[] = [];
  readonly #question: string;
  readonly #onEvent: () => void;

  constructor(question: string, onEvent: () => void = () => undefined) {
    this.#question = question;
    this.#onEvent = onEvent;
  }

  /** Whether it knows the answer's id, so that it can come back. */
  get begun(): boolean {
    return this.events.length > 0;
  }

  get ended(): boolean {
    return ['answer.completed', 'answer.failed'].includes(this.events.at(-1)?.type ?? '');
  }

  get answerId(): string {
    return this.events[0]?.id.split(':')[0] ?? '';
  }

  /** Asks, or goes on after the last event, until the answer ends or the connection breaks. */
  async read(node: AnsweringNode, signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<void> {
    try {
      const response = await (this.begun ? this.#resume(node, signal) : this.#ask(node, signal));
      if (!response.ok) return;
      let text = '';
      for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const whole = (text + part).split('\n\n');
        text = whole.pop() ?? '';
        for (const each of whole) this.#note(each);
      }
    } catch {
      // The node is gone.
    }
  }

  #ask({ address, token }: AnsweringNode, signal: AbortSignal): Promise<Response> {
    return fetch(`${address}/v1/answers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ question: this.#question, stream: true }),
      signal,
    });
  }

  #resume({ address }: AnsweringNode, signal: AbortSignal): Promise<Response> {
    return fetch(`${address}/v1/answers/${this.answerId}/events`, {
      headers: { 'last-event-id': this.events.at(-1)?.id ?? '' },
      signal,
    });
  }

  #note(text: string): void {
    const [, id, type, data] = /^id: (.+)\nevent: (.+)\ndata: (.+)$/.exec(text) ?? [];
    if (id === undefined || type === undefined || data === undefined) return;
    this.events.push({ id, type, data: JSON.parse(data) });
    this.#onEvent();
  }
}
