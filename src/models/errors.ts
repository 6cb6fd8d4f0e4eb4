import { PlumblineError } from '../base/index.ts';

/** A folder is not a sentence-transformers ONNX model, or one this version cannot run. */
export class ModelInvalid extends PlumblineError {
  /**
   * @param folder where the model was looked for
   * @param problem a sentence saying what is missing or not supported, and what would be
   */
  constructor(folder: string, problem: string, cause?: unknown) {
    super({
      code: 'model.invalid',
      kind: 'caller',
      message:
        `${folder} is not an embedding model that can be run: ${problem} ` +
        'Give a sentence-transformers folder with an ONNX file, or run `plumb models pull`.',
      details: { folder, problem },
      cause,
    });
  }
}

/** A text could not be embedded although it was tried again. */
export class EmbedderFailed extends PlumblineError {
  constructor(embedder: string, problem: string, parts: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super({
      code: 'embedder.failed',
      kind: 'retry',
      message: `The embedder ${embedder} failed: ${problem}`,
      details: { embedder, ...parts.details },
      cause: parts.cause,
    });
  }
}

/** The embedder was closed before or while it was used. */
export class EmbedderClosed extends PlumblineError {
  constructor(embedder: string) {
    super({
      code: 'embedder.closed',
      kind: 'caller',
      message: `The embedder ${embedder} has been closed and embeds nothing more. Create a new one.`,
      details: { embedder },
    });
  }
}

/** A model answered with vectors of another length than the index was made for. */
export class EmbedderWrongDimensions extends PlumblineError {
  constructor(embedder: string, given: number, expected: number) {
    super({
      code: 'embedder.wrong-dimensions',
      kind: 'fatal',
      message:
        `The embedder ${embedder} returned a vector of ${given} numbers; ${expected} were expected. ` +
        'Its model was changed: choose the old model again, or reindex with the new one.',
      details: { embedder, given, expected },
    });
  }
}

/** A model could not be fetched. */
export class ModelPullFailed extends PlumblineError {
  constructor(source: string, problem: string, cause?: unknown) {
    super({
      code: 'model.pull-failed',
      kind: 'caller',
      message: `The model could not be fetched from ${source}: ${problem}`,
      details: { source, problem },
      cause,
    });
  }
}

/** No model has the name that was given. */
export class ModelUnknown extends PlumblineError {
  /** @param known the names there are */
  constructor(given: string, known: { readonly declared: readonly string[]; readonly installed: readonly string[] }) {
    const { declared, installed } = known;
    super({
      code: 'model.unknown',
      kind: 'caller',
      message:
        `There is no model ${given}. Declared: ${declared.join(', ') || 'none'}. Here: ${installed.join(', ')}. ` +
        'Name one of them, or a folder as ./FOLDER.',
      details: { given, declared, installed },
    });
  }
}
