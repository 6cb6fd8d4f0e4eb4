import { type ErrorKind, PlumblineError } from '../../base/index.ts';

/** What went wrong with one request to a model, by what can be done about it. */
export type FailureCause =
  | 'rate-limited'
  | 'unavailable'
  | 'unreachable'
  | 'timed-out'
  | 'malformed-reply'
  | 'interrupted'
  | 'refused-request'
  | 'unauthorised'
  | 'busy'
  | 'aborted';

interface Rule {
  readonly kind: ErrorKind;
  /** Whether the same request may be sent again: no reply was used, and another attempt can end differently. */
  readonly retry: boolean;
  /** Whether it says that the model is unwell. */
  readonly breaks: boolean;
  /** Whether the provider may bill for it although no usage arrived. */
  readonly mayBeBilled: boolean;
  readonly sentence: string;
}

const rules: Readonly<Record<FailureCause, Rule>> = {
  'rate-limited': rule('limit', 'allows no more requests for now', { retry: true }),
  unavailable: rule('retry', 'answered that it cannot serve now', { retry: true, breaks: true }),
  unreachable: rule('retry', 'could not be reached', { retry: true, breaks: true }),
  'timed-out': rule('retry', 'did not answer in time', { retry: true, breaks: true, mayBeBilled: true }),
  'malformed-reply': rule('retry', 'sent a reply that cannot be read', {
    retry: true,
    breaks: true,
    mayBeBilled: true,
  }),
  interrupted: rule('retry', 'stopped in the middle of its reply', { retry: true, breaks: true, mayBeBilled: true }),
  'refused-request': rule('caller', 'refused the request', {}),
  unauthorised: rule('fatal', 'did not accept the key or does not know the model', { breaks: true }),
  busy: rule('retry', 'has as many calls in hand as its limits allow, or failed too often just now', {}),
  aborted: rule('caller', 'was stopped by the caller or the deadline', { mayBeBilled: true }),
};

function rule(kind: ErrorKind, sentence: string, flags: Partial<Omit<Rule, 'kind' | 'sentence'>>): Rule {
  return { kind, sentence, retry: false, breaks: false, mayBeBilled: false, ...flags };
}

/** Facts of a failed request. Never the provider's words: they may repeat the prompt or a key. */
export interface FailureFacts {
  readonly status?: number;
  readonly retryAfterMs?: number | null;
  /** The provider's own short code, for example `context_length_exceeded`. */
  readonly providerCode?: string;
}

/** One model did not answer. Code `model.CAUSE`. */
export class ModelFailed extends PlumblineError {
  readonly failure: FailureCause;
  readonly retryAfterMs: number | null;
  /** Whether another attempt on the same model makes sense. */
  readonly retry: boolean;
  readonly breaks: boolean;
  readonly mayBeBilled: boolean;

  constructor(model: string, failure: FailureCause, facts: FailureFacts = {}) {
    const { kind, sentence, retry, breaks, mayBeBilled } = rules[failure];
    const status = facts.status === undefined ? '' : ` (status ${facts.status}${code(facts)})`;
    super({
      code: `model.${failure}`,
      kind,
      message: `The model ${model} ${sentence}${status}.`,
      details: { model, ...facts },
    });
    this.failure = failure;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.retry = retry;
    this.breaks = breaks;
    this.mayBeBilled = mayBeBilled;
  }
}

function code({ providerCode }: FailureFacts): string {
  return providerCode === undefined ? '' : `, ${providerCode}`;
}
