import { PlumblineError } from '../../base/index.ts';

/** The file of models cannot be read or says something that is not allowed. */
export class RegistryInvalid extends PlumblineError {
  /** @param problem where in the file, what was given, what is allowed */
  constructor(file: string, problem: string, cause?: unknown) {
    super({
      code: 'models.invalid',
      kind: 'caller',
      message: `The models declared in ${file} cannot be used. ${problem} Correct the file; docs/models.md shows one.`,
      details: { file, problem },
      cause,
    });
  }
}
