import { hash } from 'node:crypto';
import { fromUnknown, OperationAborted } from '../../base/index.ts';
import type { RerankModel } from '../../models/index.ts';
import { BoundedCache, languageOfQuestion } from '../../retrieval/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { CandidateSentence } from './candidate-sentences.ts';
import { textToRead } from './text-to-read.ts';

/** Odds kept: some 20,000. */
const KEPT_BYTES = 4 << 20;
const BYTES_EACH = 200;

/** The language that the reader has learnt. */
const LANGUAGE = 'en';

/**
 * How likely sentences answer a question, as the reader of answers reads them; what it read before is kept by the hash of question and
 * words, the longest unused first to go. Holds no text.
 */
export class SentenceOdds {
  readonly #reader: Pick<RerankModel, 'scores'> | null;
  readonly #log: Log;
  readonly #kept = new BoundedCache<number>(KEPT_BYTES);

  /** @param reader null: nothing is read */
  constructor(reader: Pick<RerankModel, 'scores'> | null, log: Log) {
    this.#reader = reader;
    this.#log = log;
  }

  /**
   * The logarithm of the odds that a sentence answers. Null: nobody has read it, because there is no reader, the question is in a
   * language it has not learnt, or it failed.
   * @throws OperationAborted
   */
  async of(question: string, sentence: CandidateSentence, signal: AbortSignal): Promise<number | null> {
    if (this.#reader === null || languageOfQuestion(question) !== LANGUAGE) return null;
    const text = textToRead(sentence);
    const key = hash('sha256', JSON.stringify([question, text]), 'base64');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    try {
      const [odds = 0] = await this.#reader.scores(question, [text], signal);
      this.#kept.set(key, odds, BYTES_EACH);
      return odds;
    } catch (thrown) {
      if (thrown instanceof OperationAborted) throw thrown;
      const { code } = fromUnknown(thrown);
      this.#log.warn('A sentence could not be read; whether to answer is decided without.', { code });
      return null;
    }
  }
}
