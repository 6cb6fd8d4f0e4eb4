import { PlumblineError } from '../../base/index.ts';

/** A folder is not an inference model that can be run. */
export class NliModelInvalid extends PlumblineError {
  /** @param problem a sentence saying what is missing or not supported, and what would be */
  constructor(folder: string, problem: string, cause?: unknown) {
    super({
      code: 'model.invalid',
      kind: 'caller',
      message:
        `${folder} is not an inference model that can be run: ${problem} Give the folder of an ONNX cross-encoder that ` +
        'tells entailment from contradiction, or take PLUMB_NLI_MODEL away.',
      details: { folder, problem },
      cause,
    });
  }
}

/** Pairs could not be read although they were tried again. */
export class NliFailed extends PlumblineError {
  constructor(model: string, cause: unknown) {
    super({
      code: 'nli.failed',
      kind: 'retry',
      message: `The inference model ${model} failed: ${cause instanceof Error ? cause.message : 'for no stated reason.'}`,
      details: { model },
      cause,
    });
  }
}
