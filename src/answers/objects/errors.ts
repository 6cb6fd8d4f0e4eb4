import { PlumblineError } from '../../base/index.ts';

/** The schema given for an answer as JSON cannot be used. */
export class SchemaRefused extends PlumblineError {
  constructor(where: string, problem: string) {
    super({
      code: 'format.schema-refused',
      kind: 'caller',
      message: `The schema at ${where === '' ? 'its root' : where} ${problem}`,
      details: { where },
    });
  }
}

/** Only a language model can fill in a schema, and none is declared. */
export class ModelNeeded extends PlumblineError {
  constructor() {
    super({
      code: 'format.needs-model',
      kind: 'caller',
      message:
        'An answer as JSON is written by a language model, and none is declared for the task answer. Declare one in models.json ' +
        '(docs/models.md), or ask for the format text, list or table, which quote the sources.',
    });
  }
}

/** A format and a schema that do not go together. */
export class FormatUnfit extends PlumblineError {
  constructor(problem: string) {
    super({ code: 'format.unfit', kind: 'caller', message: problem });
  }
}
